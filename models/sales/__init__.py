"""Products, opportunities, orders, receipts, activities."""
