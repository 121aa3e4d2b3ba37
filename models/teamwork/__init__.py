"""What a team tells each other: notices, suggestions and questions."""
