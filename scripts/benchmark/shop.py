"""The made-up shop of the benchmark's data: its calendar, its names, and what customers do after what."""

DAY_MS = 86_400_000
DAYS = 90
#: 2025-09-01T00:00Z, a Monday: weeks and days of the data count from here.
FIRST_MS = 1_756_684_800_000
LONGEST_JOURNEY = 2_500

CHANNELS = ["search", "social", "direct", "email", "affiliate", "display"]
CHANNEL_WEIGHTS = [30, 24, 18, 13, 9, 6]
DEVICES = ["phone", "desktop", "tablet"]
DEVICE_WEIGHTS = [60, 33, 7]
COUNTRIES = "DE FR GB IT ES PL NL SE AT BE CH CZ DK FI GR HU IE NO PT RO".split()

#: What follows what, as weights: the first line is where sessions begin; "!" marks steps that eager buyers take more often.
TRANSITIONS = """
(session)         ad_seen 14, ad_clicked 9, newsletter_opened 9, post_seen 8, visit 38, app_opened 14, search 5, order_tracked 3
ad_seen           ad_seen 8, ad_clicked 5, post_seen 3, visit 4
ad_clicked        visit 14, product_viewed 6, ad_seen 1
newsletter_opened visit 8, product_viewed 5, coupon_redeemed 1
post_seen         post_seen 6, visit 5, ad_seen 3, friend_invited 0.3
visit             product_viewed 15, search 8, visit 3, login 3, signup 2!, support_contacted 0.4
app_opened        login 6, product_viewed 6, search 5, order_tracked 2, visit 2
search            product_viewed 14, search 5, visit 1
product_viewed    product_viewed 12, reviews_read 4, products_compared 2, wishlist_added 1.6!, cart_added 3.6!, search 4, visit 2, signup 0.8!
reviews_read      product_viewed 7, cart_added 1.6!, reviews_read 2, products_compared 1
products_compared product_viewed 6, products_compared 2, cart_added 1.2!, reviews_read 1
wishlist_added    product_viewed 7, signup 2!, cart_added 1!
signup            product_viewed 5, cart_added 2!, login 2, newsletter_opened 1, app_opened 1, coupon_redeemed 1
login             product_viewed 6, order_tracked 2, cart_added 1!, search 2, support_contacted 0.6
cart_added        checkout_started 5!, product_viewed 6, cart_added 2, cart_removed 1.5, coupon_redeemed 0.7, signup 0.8!
cart_removed      product_viewed 6, cart_added 2!, search 1
checkout_started  purchase 8!, payment_failed 1, cart_removed 0.7, product_viewed 1.5, signup 0.9, coupon_redeemed 0.8
payment_failed    checkout_started 4, purchase 2!, support_contacted 1.5, product_viewed 1
coupon_redeemed   checkout_started 3!, product_viewed 4, cart_added 2!
purchase          order_tracked 6, product_viewed 2, visit 1, friend_invited 0.4, app_opened 1.5
order_tracked     order_tracked 3, delivered 5, support_contacted 0.8, visit 1
delivered         review_written 1.2, return_requested 1, visit 2, app_opened 2, product_viewed 2
return_requested  support_contacted 2, order_tracked 2, visit 1
support_contacted support_contacted 2, visit 2, order_tracked 1.5, app_opened 1
review_written    visit 2, product_viewed 2, friend_invited 0.6
friend_invited    visit 2, product_viewed 2, app_opened 1
"""
#: How much more often than the weights say the three kinds of customers take the steps marked "!".
EAGERNESS = [0.45, 1.0, 2.2]
EAGERNESS_WEIGHTS = [50, 35, 15]
TICKETS = 4096

#: In order, so that codes of events sort as their names do.
EVENTS = sorted(line.split()[0] for line in TRANSITIONS.strip().splitlines() if not line.startswith("("))
