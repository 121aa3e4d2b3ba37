"""The sample in English: the same office, among customers in the United States."""

from __future__ import annotations

from models.sample.words import Trade, Words, cities, goods, names, table, weighted

_CITIES = """
New York|New York|212|0|8
New York|Buffalo|716|0|3
New Jersey|Newark|973|0|4
Massachusetts|Boston|617|0|6
Massachusetts|Worcester|508|0|3
Connecticut|Hartford|860|0|3
Pennsylvania|Philadelphia|215|0|6
Pennsylvania|Pittsburgh|412|0|5
Maryland|Baltimore|410|0|4
Illinois|Chicago|312|1|9
Illinois|Rockford|815|1|3
Ohio|Cleveland|216|1|5
Ohio|Columbus|614|1|5
Ohio|Cincinnati|513|1|4
Michigan|Detroit|313|1|7
Michigan|Grand Rapids|616|1|4
Indiana|Indianapolis|317|1|5
Wisconsin|Milwaukee|414|1|5
Minnesota|Minneapolis|612|1|5
Missouri|St. Louis|314|1|4
Texas|Houston|713|2|8
Texas|Dallas|214|2|7
Texas|Austin|512|2|5
Georgia|Atlanta|404|2|6
North Carolina|Charlotte|704|2|5
South Carolina|Greenville|864|2|3
Tennessee|Nashville|615|2|4
Florida|Tampa|813|2|4
Alabama|Huntsville|256|2|3
California|Los Angeles|213|3|8
California|San Jose|408|3|6
California|San Diego|619|3|4
Washington|Seattle|206|3|5
Oregon|Portland|503|3|4
Arizona|Phoenix|602|3|5
Colorado|Denver|303|3|4
Utah|Salt Lake City|801|3|3
"""

_TRADES = """
Precision Machining|Machinery
Machine Works|Machinery
Tooling|Machinery
Equipment|Machinery
Automation|Automation
Robotics|Automation
Controls|Automation
Systems Integration|Automation
Electronics|Electronics
Semiconductor|Electronics
Photonics|Electronics
Circuits|Electronics
Auto Parts|Automotive
Motor Components|Automotive
Axle Works|Automotive
Energy|Energy
Battery|Energy
Solar|Energy
Foods|Food and drink
Beverage|Food and drink
Dairy|Food and drink
Pharma|Chemicals
Biotech|Chemicals
Chemical|Chemicals
Materials|Chemicals
Packaging|Packaging
Printing|Packaging
Labels|Packaging
Textiles|Textiles
Apparel|Textiles
Logistics|Logistics
Warehousing|Logistics
Material Handling|Logistics
Industrial Supply|Industrial trade
Electric Supply|Industrial trade
Instruments|Industrial trade
Water Treatment|Environment
Environmental|Environment
"""

_GOODS = """
Inductive proximity switch M12|Sensors|Proximity switches|PX|pc|128
Inductive proximity switch M18|Sensors|Proximity switches|PX|pc|156
Photoelectric sensor, diffuse|Sensors|Photoelectric sensors|GD|pc|265
Photoelectric sensor, through-beam|Sensors|Photoelectric sensors|GD|pair|348
Laser distance sensor 5 m|Sensors|Laser sensors|LJ|pc|2680
Laser displacement sensor, precise|Sensors|Laser sensors|LJ|pc|8600
Pressure transmitter 1.6 MPa|Sensors|Process sensors|YL|pc|860
Temperature transmitter PT100|Sensors|Process sensors|WD|pc|420
Ultrasonic level meter|Sensors|Process sensors|YW|pc|1980
Safety light curtain 900 mm|Sensors|Safety|AQ|set|3450
Compact controller, 24 points|Controllers|Programmable controllers|KZ-S|pc|1350
Compact controller, 60 points|Controllers|Programmable controllers|KZ-S|pc|2980
Modular controller|Controllers|Programmable controllers|KZ-M|pc|9800
Analog module|Controllers|Modules|KZ-E|pc|980
Fieldbus module|Controllers|Modules|KZ-E|pc|1260
Servo drive 400 W|Controllers|Servo|SF|pc|2150
Servo drive 750 W|Controllers|Servo|SF|pc|2750
Servo drive 2 kW|Controllers|Servo|SF|pc|5480
Inverter 2.2 kW|Controllers|Inverters|BP|pc|1180
Inverter 15 kW|Controllers|Inverters|BP|pc|4360
Touch panel 7 in|Operator panels|Touch panels|HM|pc|1080
Touch panel 10 in|Operator panels|Touch panels|HM|pc|1880
Industrial panel computer 15 in|Operator panels|Industrial computers|HP|pc|7200
Industrial switch, 8 ports|Operator panels|Industrial network|WL|pc|1460
Data gateway|Operator panels|Industrial network|WL|pc|3280
Digital pressure gauge|Instruments|Pressure|YB|pc|560
Magnetic flow meter DN50|Instruments|Flow|LL|pc|4200
Magnetic flow meter DN100|Instruments|Flow|LL|pc|6100
Water quality analyser|Instruments|Analysis|FX|set|28600
Three-phase energy meter|Instruments|Electrical|DN|pc|680
Industrial camera 5 MP|Vision|Cameras|SJ|pc|5600
Vision inspection, one station|Vision|Inspection|SJ-X|set|48000
Vision inspection, several stations|Vision|Inspection|SJ-X|set|126000
Fixed code reader|Vision|Code readers|DM|pc|4900
Sensor cable 5 m|Spares|Cables|XL|pc|45
Servo encoder cable 3 m|Spares|Cables|XL|pc|168
Cabinet fan|Spares|Cabinet|FJ|pc|88
Power supply 24 V 10 A|Spares|Power|DY|pc|230
Commissioning on site|Services|Commissioning|FW|day|1800
Yearly maintenance|Services|Maintenance|FW|year|16000
"""

_ROADS = """
Industrial Parkway,Commerce Street,Mill Road,Foundry Lane,Harbor Drive,Enterprise Way
Main Street,River Road,Station Avenue,Technology Drive
"""

_BRANDS = """
Aldridge,Amber,Anchor,Apex,Arden,Ashford,Aspen,Atlas,Aurora,Avery,Beacon,Bedford,Birch,Blackwell
Blue Ridge,Bradley,Briar,Bridgeport,Brighton,Brookline,Caldwell,Cardinal,Cascade,Cedar,Chandler
Clearwater,Cobalt,Compass,Copper,Cornerstone,Crescent,Crown,Dalton,Delta,Diamond,Dover,Eagle
Eastman,Elm,Ember,Everett,Fairview,Falcon,Fletcher,Franklin,Frontier,Garrison,Gateway,Granite
Greenfield,Griffin,Hadley,Halcyon,Hampton,Harbor,Harrison,Hawthorn,Hickory,Highland,Hudson
Iron Gate,Ivory,Jasper,Jefferson,Juniper,Keystone,Kingston,Lakeside,Langley,Laurel,Liberty
Lincoln,Linden,Lyndon,Magnolia,Maple,Marlow,Meridian,Midland,Monarch,Monroe,Northgate,Oakdale
Orchard,Osprey,Paramount,Pemberton,Phoenix,Pinnacle,Pioneer,Prairie,Preston,Quarry,Radford
Redwood,Ridgeway,Riverside,Rockwell,Saxon,Sequoia,Sherwood,Silver,Somerset,Southport,Sterling
Stonebridge,Summit,Sunrise,Sycamore,Thornton,Tidewater,Trident,Union,Valley,Vanguard,Vermilion
Waverly,Wellington,Westbrook,Whitfield,Willow,Windsor,Woodland,York
"""

_OPENINGS = {
    "visit": (
        "Visited {who}",
        "Saw {who} on site",
        "Met {who} at the plant",
        "Dropped in on {who}",
    ),
    "call": ("Called {who}", "{who} called", "Phone follow-up with {who}", "Rang {who} back"),
    "wechat": ("Messaged {who}", "{who} asked by WeChat", "Sent material to {who} by WeChat"),
    "email": ("Wrote to {who}", "Mail from {who}", "Answered {who}"),
    "meeting": ("Meeting with {who}", "Online meeting with {who}", "Technical session with {who}"),
}

_RESULTS = {
    "lead": (
        "no need at present, may keep our catalogue",
        "uses a competitor whose contract ends this year",
        "an expansion is planned, buying about {n} months from now",
        "presented the {product}, there is interest",
        "the person in charge is away, try next week",
        "got the buyer's number",
        "wants samples and a price list first",
        "smaller than expected, keep as an ordinary customer",
        "asked for references of the {product}",
        "this year's budget is spent",
        "put through to maintenance, short talk about needs",
        "nobody answered",
    ),
    "deal": (
        "need confirmed: {product}, about {n}",
        "no objections to the data of the {product}",
        "quotation is out, two others are compared",
        "wants another {n} percent off",
        "sample tested, good feedback",
        "sample does not fit the bracket, needs an adapter",
        "purchase waits for a signature",
        "needs delivery in two weeks, stock is fine",
        "agreed on 60 days",
        "a competitor is {n} percent cheaper, they value service",
        "moved to next month",
        "terms are nearly settled",
        "the {product} is named in the specification",
        "new people on their side, have to introduce us again",
        "showed the {product} to a dozen people",
        "sent certificates and test reports",
    ),
    "buyer": (
        "the last {product} runs well, they are content",
        "{n} of the {product} raised alarms, reset by phone",
        "asked for prices of spares",
        "reminded of the open invoice, promised by month end",
        "accounts agree",
        "a new line next quarter, more {product} then",
        "delivery was two days late, explained",
        "recommended us to a sister company",
        "invoice is in their payment run",
        "inspection done, {n} cables replaced",
        "stock is enough for now",
        "offered yearly maintenance, they think about it",
        "a box was missing, sent again",
        "would serve as a reference",
    ),
}

EN = Words(
    country="United States",
    calendar="US",
    new_year_feast=False,
    regions=("Northeast", "Midwest", "South", "West"),
    teams=("Team East", "Team West"),
    positions=("Sales lead", "Senior sales engineer", "Sales engineer", "Sales representative"),
    people=(
        "Margaret Doyle",
        "Victor Alvarez",
        "Priya Raman",
        "Seán O'Connor",
        "Hannah Lindqvist",
        "Marcus Bell",
        "Naomi Tanaka",
        "Tyler Brandt",
    ),
    cities=cities(_CITIES),
    province_codes={},
    eight_digits=frozenset(),
    districts=("",),
    roads=names(_ROADS),
    address="{n} {road}",
    brands=names(_BRANDS),
    trades=tuple(Trade(*row) for row in table(_TRADES)),
    forms=weighted("Inc. 38, LLC 30, Corp. 14, Co. 12, Ltd. 6"),
    company=weighted("{brand} {trade} {form} 90, {brand} {trade} of {city} {form} 10"),
    short="{brand} {trade}",
    variants=(
        (" Inc.", ", Inc"),
        (" LLC", " L.L.C."),
        (" Corp.", " Corporation"),
        (" Co.", " Company"),
        (" Ltd.", " Limited"),
    ),
    surnames=weighted(
        "Smith 24, Johnson 19, Williams 16, Brown 14, Jones 14, Garcia 12, Miller 12, Davis 11, Rodriguez 11, Martinez 11,"
        "Hernandez 10, Lopez 9, Gonzalez 8, Wilson 8, Anderson 8, Thomas 8, Taylor 8, Moore 7, Jackson 7, Martin 7, Lee 7,"
        "Perez 7, Thompson 7, White 7, Harris 6, Sanchez 6, Clark 6, Ramirez 6, Lewis 5, Robinson 5, Walker 5, Young 5,"
        "Allen 5, King 5, Wright 5, Scott 4, Torres 4, Nguyen 4, Hill 4, Flores 4, Green 4, Adams 4, Nelson 4, Baker 4,"
        "Hall 4, Rivera 4, Campbell 4, Mitchell 4, Carter 4, Roberts 4, Patel 3, Kim 3, O'Brien 2, McCarthy 2, de la Cruz 1"
    ),
    given=weighted(
        "James,Mary,Robert,Patricia,John,Jennifer,Michael,Linda,David,Elizabeth,William,Barbara,Richard,Susan,Joseph,Jessica,"
        "Thomas,Sarah,Charles,Karen,Daniel,Nancy,Matthew,Lisa,Anthony,Ashley,Mark,Emily,Steven,Michelle,Andrew,Amanda,Kenneth,"
        "Melissa,Kevin,Laura,Brian,Rebecca,George,Sharon,Timothy,Cynthia,Jason,Amy,Eric,Angela,Stephen,Anna,Nicole,Ryan,Samantha"
    ),
    person="{given} {surname}",
    titles={
        "General manager": "",
        "Vice president": "",
        "Purchasing manager": "",
        "Buyer": "",
        "Maintenance manager": "",
        "Electrical engineer": "",
        "Technical director": "",
        "Production manager": "",
        "Plant manager": "",
        "Project manager": "",
        "Accountant": "",
    },
    segments=weighted("End user 58, Machine builder 20, System integrator 12, Distributor 10"),
    sources=weighted(
        "Referral 24, Trade fair 18, Cold call 17, Website 13, Visit 11, Partner 10, Advertisement 7"
    ),
    tags=weighted(
        "key 10, price-sensitive 8, slow payer 5, expanding 5, slow to decide 4, needs support 6, frame contract 3"
    ),
    ship_modes=weighted("Freight 48, Parcel 34, Pick-up 9, Own delivery 9"),
    lost_reasons=weighted(
        "Price 31, Chose a competitor 22, Project cancelled 15, No budget 13, Delivery time 7, Did not fit 7, No answer 5"
    ),
    pipeline="Standard process",
    stages=("First contact", "Needs confirmed", "Proposal", "Negotiation", "Won", "Lost"),
    criteria=(
        "The user or the buyer has been met",
        "Quantity, data, budget and time are confirmed in writing",
        "The quotation is out and answered",
        "Terms are agreed, only the signature is missing",
    ),
    goods=goods(_GOODS),
    deal=weighted(
        "{customer}: {goods} 55, {customer}: line upgrade 20, {customer}: new line with {goods} 15, {customer}: yearly frame 10"
    ),
    kinds=weighted("call 42, email 28, visit 18, meeting 10, wechat 2"),
    methods=weighted("transfer 70, bill 28, cash 2"),
    openings=_OPENINGS,
    results=_RESULTS,
    sentence="{opening}: {text}",
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    next_steps=(
        "call again on {day}",
        "quotation within {n} days",
        "send samples within {n} days",
        "visit together with an engineer",
        "follow up before month end",
        "wait for their test",
        "prepare the contract",
        "send data sheets and references",
        "visit on {day}",
        "ask the lead for a special price",
        "check stock and delivery",
        "meet the purchasing manager",
        "call early next month",
        "follow the payment",
        "write the technical concept",
        "invite to the trade fair",
    ),
    remarks=(
        "in a hurry",
        "keep the price confidential",
        "prefers messages",
        "best reached in the afternoon",
        "with an engineer",
        "entered later",
    ),
    customer_notes=(
        "Pays at month end",
        "Announce deliveries a day ahead",
        "Invoices need the purchase order number",
        "The owner buys himself",
        "Two plants, ship as the order says",
        "Yearly tender, mostly in November",
    ),
)
