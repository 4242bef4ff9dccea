"""How QTI 3.0 calls its things."""

from .qti_bodies import Dialect

IMS = "http://www.imsglobal.org"
PURL = "https://purl.imsglobal.org/spec/qti/v3p0"

QTI_30 = Dialect(
    namespace=f"{IMS}/xsd/imsqtiasi_v3p0",
    schema=f"{PURL}/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    resource="imsqti_item_xmlv3p0",
    package=f"{IMS}/xsd/qti/qtiv3p0/imscp_v1p1",
    package_schema=f"{PURL}/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    package_name="QTI Package",
    package_version="3.0.0",
    templates=f"{PURL}/rptemplates/",
    suffix=".xml",
    hyphens=True,
)
