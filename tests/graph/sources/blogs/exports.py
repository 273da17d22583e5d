"""Small exports in the layouts that WordPress, Letterboxd, Jekyll, Hugo and feeds really have, in our own words."""

from __future__ import annotations

import zipfile
from pathlib import Path

REVIEW = "<p>In <em>Salt Harvest</em> (2019), <strong>Mira Osei</strong> plays the ferryman Tomas with a limp.</p>"

WORDPRESS = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.6.2" created="2024-09-30 08:12" -->
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
  <title>The Back Row</title>
  <link>https://backrow.example</link>
  <language>en-GB</language>
  <wp:wxr_version>1.2</wp:wxr_version>
  <wp:base_site_url>https://backrow.example</wp:base_site_url>
  <wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ada]]></wp:author_login>
    <wp:author_display_name><![CDATA[Ada Lindqvist]]></wp:author_display_name></wp:author>
  <wp:category><wp:term_id>3</wp:term_id><wp:cat_name><![CDATA[Reviews]]></wp:cat_name></wp:category>
%s
</channel>
</rss>
"""

ITEM = """  <item>
    <title><![CDATA[{title}]]></title>
    <link>https://backrow.example/{slug}/</link>
    <pubDate>Thu, 11 Apr 2019 08:00:00 +0000</pubDate>
    <dc:creator><![CDATA[ada]]></dc:creator>
    <guid isPermaLink="false">https://backrow.example/?p={number}</guid>
    <description></description>
    <content:encoded><![CDATA[{content}]]></content:encoded>
    <excerpt:encoded><![CDATA[A teaser.]]></excerpt:encoded>
    <wp:post_id>{number}</wp:post_id>
    <wp:post_date><![CDATA[2019-04-11 09:00:00]]></wp:post_date>
    <wp:status><![CDATA[{status}]]></wp:status>
    <wp:post_type><![CDATA[{kind}]]></wp:post_type>
    <wp:post_password><![CDATA[]]></wp:post_password>
    <category domain="category" nicename="reviews"><![CDATA[{category}]]></category>
    <wp:postmeta><wp:meta_key><![CDATA[_edit_last]]></wp:meta_key><wp:meta_value><![CDATA[1]]></wp:meta_value></wp:postmeta>
    <wp:comment><wp:comment_author>Bob</wp:comment_author><wp:comment_content>Lovely.</wp:comment_content></wp:comment>
  </item>"""


def item(number: int, content: str = REVIEW, **other: str) -> str:
    """One entry of a WordPress export."""
    told = {
        "title": "Salt Harvest",
        "slug": f"salt-{number}",
        "status": "publish",
        "kind": "post",
        "category": "Reviews",
    }
    return ITEM.format(number=number, content=content, **(told | other))


def wordpress(path: Path, *items: str) -> Path:
    """An export with these entries."""
    path.write_text(WORDPRESS % "\n".join(items), encoding="utf-8")
    return path


LETTERBOXD = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
    '2021-03-05,Salt Harvest,2019,https://boxd.it/1aBcDe,3.5,,"<b>Mira Osei</b> plays Tomas, the ferryman.\n\n'
    'She limps, she sings, and ""the sea"" answers.",cinema,2021-03-04\n'
    "2021-03-06,Nachtwasser,2018,https://boxd.it/1aBcDf,,Yes,Jo Tan is the diver Lena.,,2021-03-06\n"
)
PROFILE = (
    "Date Joined,Username,Given Name,Family Name,Email Address,Location,Website,Bio,Pronoun,Favorite Films\n"
    "2015-01-01,backrow,Ada,Lindqvist,ada@backrow.example,Umea,,,She / her,\n"
)


def letterboxd(path: Path, reviews: str | bytes = LETTERBOXD) -> Path:
    """An export of a member, with files beside the reviews as the site gives them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("profile.csv", PROFILE)
        archive.writestr("watched.csv", "Date,Name,Year,Letterboxd URI\n")
        archive.writestr("reviews.csv", reviews)
        archive.writestr("deleted/reviews.csv", LETTERBOXD.replace("Salt", "Lost"))
    return path


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>The Back Row</title><id>https://backrow.example/</id><updated>2024-01-02T10:00:00Z</updated>
  <rights>CC BY 4.0</rights>
  <entry>
    <title type="html">Salt &lt;i&gt;Harvest&lt;/i&gt;</title><id>tag:backrow.example,2019:1</id>
    <link rel="alternate" href="https://backrow.example/salt"/>
    <author><name>Ada Lindqvist</name></author><category term="Reviews"/>
    <published>2019-04-11T09:00:00Z</published><updated>2019-04-12T09:00:00Z</updated>
    <content type="html">&lt;p&gt;Mira Osei plays Tomas.&lt;/p&gt;
      &lt;script&gt;steal()&lt;/script&gt;&lt;p onclick="x()"&gt;It ends.&lt;/p&gt;</content>
  </entry>
  <entry><title>Soon</title><id>tag:backrow.example,2019:2</id><updated>2019-04-13T09:00:00Z</updated>
    <summary>A review is coming.</summary></entry>
</feed>
"""

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Back Row</title><link>https://backrow.example</link><description>Films</description>
<item><title>Salt Harvest</title><link>https://backrow.example/salt</link><dc:creator>Ada Lindqvist</dc:creator>
<pubDate>Thu, 11 Apr 2019 08:00:00 GMT</pubDate><description>A teaser.</description>
<content:encoded><![CDATA[<p>Mira Osei plays Tomas.</p>]]></content:encoded></item>
</channel></rss>
"""


def jekyll(folder: Path) -> Path:
    """A Jekyll blog with a post, a draft, a layout and a page."""
    files = {
        "_config.yml": (
            "title: The Back Row\nurl: https://backrow.example\npermalink: pretty\nauthor: {name: Ada Lindqvist}\n"
        ),
        "_posts/2019-04-11-salt-harvest.md": (
            "---\nlayout: post\ntitle: Salt Harvest\ncategories: [Reviews]\nfilm: Salt Harvest\n---\n"
            "{% include header.html %}\n**Mira Osei** plays *Tomas*.\n{: .lead}\n"
        ),
        "_posts/2019-05-01-unpublished.md": "---\ntitle: No\npublished: false\n---\nNot yet.\n",
        "_drafts/idea.md": "---\ntitle: Idea\n---\nNot yet.\n",
        "_layouts/post.html": "---\n---\n<p>{{ content }}</p>\n",
        "README.md": "How to build this.\n",
    }
    return _written(folder, files)


def hugo(folder: Path) -> Path:
    """A Hugo blog with a post, a bundle, a draft and a list page."""
    files = {
        "hugo.toml": (
            'baseURL = "https://backrow.example/"\ntitle = "The Back Row"\n[params]\nauthor = "Ada Lindqvist"\n'
        ),
        "content/posts/salt-harvest.md": (
            '+++\ntitle = "Salt Harvest"\ndate = 2019-04-11T09:00:00Z\ntags = ["drama"]\n+++\n'
            '{{< figure src="a.jpg" >}}\nMira Osei plays Tomas.\n'
        ),
        "content/posts/night/index.md": '+++\ntitle = "Nachtwasser"\nslug = "nacht"\n+++\nJo Tan is the diver Lena.\n',
        "content/posts/later.md": '+++\ntitle = "Later"\ndraft = true\n+++\nNot yet.\n',
        "content/posts/_index.md": '+++\ntitle = "Posts"\n+++\nAll posts.\n',
    }
    return _written(folder, files)


def _written(folder: Path, files: dict[str, str]) -> Path:
    for name, words in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    return folder
