"""The story of the product, one verb a file: enroll, dispatch, deliver, receive, stop. These change the world."""
