from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from .models import CertificateTemplate
from .viewsets import CertificateTemplateViewSet, OfficesDesign

register_permission_policy(CertificateTemplate, OfficesDesign(CertificateTemplate))
register_snippet(CertificateTemplateViewSet)
