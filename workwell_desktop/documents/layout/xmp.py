"""The metadata of a paper: what standard it keeps, its title, and which paper it is, whom it expects to sign.

The paper's own properties stand in a schema that is described in the packet itself, as PDF/A asks. They are part of
what the first signature covers, so that a file that was rolled back still says how many were to sign.
"""

import json
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from workwell_desktop.documents.blocks import Composition
from workwell_desktop.documents.layout.style import Style

NAMESPACE = "urn:workwell-desktop:paper:1"
_PROPERTIES = {
    "kind": "The kind of paper",
    "document": "The number of the paper in its register",
    "version": "The version of the paper",
    "content": "SHA-256 of what the paper says",
    "expects": "Who is to sign, in order, as JSON",
}


def expected(composition: Composition, style: Style) -> str:
    """Who is to sign, as it stands in the packet."""
    rows: list[dict[str, Any]] = [
        {
            "field": f.field,
            "role": f.role,
            "name": f.name,
            "title": f.title,
            "key": f.key,
            "device": f.device,
            "size": style.least,
            "stacked": style.cards,
        }
        for f in composition.fields
    ]
    return json.dumps(rows, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def moment(day: date) -> str:
    """Noon of the paper's day: a paper is dated, not timed, and equal papers are equal to the byte."""
    return f"{day.isoformat()}T12:00:00Z"


def packet(composition: Composition, title: str, producer: str, style: Style) -> bytes:
    """The XMP packet."""
    values = {
        "kind": composition.kind.value,
        "document": composition.document,
        "version": str(composition.version),
        "content": composition.content_hash,
        "expects": expected(composition, style),
    }
    own = "".join(f"<ww:{name}>{escape(value)}</ww:{name}>" for name, value in values.items())
    described = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{words}</pdfaProperty:description></rdf:li>"
        for name, words in _PROPERTIES.items()
    )
    language = escape(composition.language)
    when = moment(composition.dated)
    text = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 xmlns:ww="{NAMESPACE}">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(composition.partnership)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<pdf:Producer>{escape(producer)}</pdf:Producer>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
{own}
<pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Which paper this is</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>ww</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{described}</rdf:Seq></pdfaSchema:property></rdf:li>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the standard</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
    return text.encode("utf-8")
