/// The map of the sample shop, as docs/MAPS.md writes maps.
package let shopMap = #"""
  map: shop
  title: Fashion accessories, first visit to second purchase

  stages:
    - name: Awareness
      touchpoints:
        - name: Advertisement
          owner: Marketing
          channel: [social, search]
          emotion: 0
          links: [ad_clicked]
          questions:
            - What is this shop?
        - name: Shop window
          owner: Store
          channel: [store]
          emotion: 1
          actions:
            - Stops and looks

    - name: Interest
      touchpoints:
        - name: Home page
          owner: Web
          channel: [web]
          emotion: 1
          links: [visit]
        - name: Lookbook
          owner: Marketing
          channel: [web]
          emotion: 2
          links: [lookbook_viewed]
          motivations:
            - Wants to see it worn
        - name: Product page
          owner: Web
          channel: [web]
          emotion: 1
          links: [product_viewed]
          questions:
            - Is it real silver?

    - name: Consideration
      touchpoints:
        - name: Wishlist
          owner: Web
          channel: [web, app]
          emotion: 1
          links: [wishlist_added]
          wins:
            - name: Wishlist reminder
              since: 2025-05-05
              target: 12%
              as: funnel event wishlist_added -> event purchase within 14d
        - name: Style chat
          owner: Service
          channel: [chat]
          emotion: 2
          links: [chat_started]
        - name: Cart
          owner: Web
          channel: [web, app]
          emotion: 0
          links: [cart_added]
          pains:
            - name: Shipping cost appears late
              severity: 4
              owner: Logistics
              opportunities:
                - name: Show shipping in the cart
                  impact: 4
                  effort: 2

    - name: Purchase
      touchpoints:
        - name: Checkout
          owner: Payments
          channel: [web, app]
          emotion: -1
          links: [checkout_started]
          questions:
            - Is it safe to pay here?
          pains:
            - name: Needs an account to pay
              severity: 3
          wins:
            - name: Guest checkout
              since: 2025-03-03
              target: 60%
              as: funnel event checkout_started -> event purchase within 1d
        - name: Payment
          owner: Payments
          channel: [web, app]
          emotion: -2
          links: [purchase, payment_failed]
          pains:
            - name: Card is refused without a reason
              severity: 5

    - name: Post-purchase
      touchpoints:
        - name: Thank-you email
          owner: Marketing
          channel: [email]
          emotion: 2
          links: [thank_you_opened]
        - name: Delivery
          owner: Logistics
          channel: [parcel]
          emotion: 1
          links: [delivered]
          needs:
            - Know when it arrives
        - name: Return
          owner: Service
          channel: [parcel]
          emotion: -1
          links: [refund]
        - name: Review
          owner: Marketing
          channel: [web, email]
          emotion: 1
          links: [review_written]

  personas:
    - name: Newcomer
      note: Came by an advertisement, has not bought yet or once
      as: did event purchase 1 or fewer times
    - name: Regular
      note: Buys again, reads the emails
      as: did event purchase 2 or more times
    - name: Coupon hunter
      note: Buys with a coupon
      as: did event purchase(coupon is not missing)

  channels:
    - name: social
    - name: search
    - name: web
    - name: app
    - name: store
    - name: chat
    - name: email
    - name: parcel

  kpis:
    - name: Checkout rate
      target: 40%
      as: funnel event cart_added -> event purchase within 7d

  goals:
    - name: Second purchase
      target: 15%
      due: 2025-12-31
      as: funnel event purchase -> event purchase within 60d
  """#
