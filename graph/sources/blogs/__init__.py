"""Where reviews live: exports of WordPress and Letterboxd, feeds, and folders of posts; each gives documents."""
