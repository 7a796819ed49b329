"""The demonstration's second house: 邻里生活馆, a neighbourhood shop that shows all a shop can offer its members."""
