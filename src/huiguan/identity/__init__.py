"""Who is acting, at which shop, in which post, and may they?"""
