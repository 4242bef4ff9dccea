"""How QTI 2.1 and 2.2 call their things."""

from .qti_bodies import Dialect

IMS = "http://www.imsglobal.org"


def dialect(version: str) -> Dialect:
    """``version`` is 2p1 or 2p2."""
    return Dialect(
        namespace=f"{IMS}/xsd/imsqti_v{version}",
        schema=f"{IMS}/xsd/qti/qtiv{version}/imsqti_v{version}.xsd",
        resource=f"imsqti_item_xmlv{version}",
        package=f"{IMS}/xsd/imscp_v1p1",
        package_schema=f"{IMS}/xsd/qti/qtiv{version}/qtiv{version}_imscpv1p2_v1p0.xsd",
        package_name=f"QTIv{version.replace('p', '.')} Package",
        package_version="1.0.0",
        templates=f"{IMS}/question/qti_v{version}/rptemplates/",
    )


QTI_21 = dialect("2p1")
QTI_22 = dialect("2p2")
