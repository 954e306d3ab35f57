"""What keys look like, by who issues them. Prefixes are those that the issuers document."""

import re
from dataclasses import dataclass, replace
from functools import cache

_EDGE = r"(?<![A-Za-z0-9])"
_DONE = r"(?![A-Za-z0-9])"
_QUOTES = "\"'`"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of key: text that every one holds (a cheap first look) and `begins` with or not, its form (whose
    only group, if it has one, is the key), the least entropy a character. `trigger`: what to look for at
    first where the text alone is too common, as an expression for bytes (see `_prefilter.py`). `is_glued`: it
    may follow letters and digits, since no word holds its mark and what comes after.
    """

    type: str
    prefix: str
    expression: str
    bits: float = 0.0
    begins: bool = False
    trigger: str = ""
    is_glued: bool = False

    @property
    def form(self) -> re.Pattern[str]:
        """The form, compiled when first needed: few texts hold any prefix."""
        return _compiled(self.expression)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


_CLASS = re.compile(r"\[[^\]]+\](?![{?*+])")


# Prefixes that no word ends in, as one may in `key-` or `re_`.
_UNMISTAKABLE = re.compile(
    r"ab-|AGE-SECRET-KEY-1|CCIPAT_|CFPAT-|CLOJARS_|GOCSPX-|HRKU-AA|NRAK-|PMAK-|bkua_|dckr_|duffel_|figd_|gh"
    r"|github_pat_|gl|glc_|glsa_|gsk_|hf_|lin_|lsv2_|nfp_|npm_|nvapi-|ops_eyJ|pcsk_|pplx-|pscale_|pypi-"
    r"|rubygems_|rzp_|sb_secret_|sbp_|shippo_|shp|sk-ant-|sk-or-|sntry|tskey-|tvly-|vercel_blob_rw_|whsec_|xai-"
    r"|xapp-|xkeysib-|xox"
)


def _rule(type_: str, prefix: str, form: str, bits: float = 2.5) -> Rule:
    """The edge is told behind what the form begins with where that is plain: `re` then skips to it."""
    begin, begins = prefix.replace(".", r"\."), True
    if not form.startswith(begin):
        first = _CLASS.match(form)
        begin, begins = (first[0] if first else ""), False
    is_glued = _UNMISTAKABLE.fullmatch(prefix) is not None
    edge = "" if is_glued else _EDGE.removesuffix(")") + begin + ")"
    expression = f"(?a){begin}{edge}{form.removeprefix(begin)}{_DONE}"
    return Rule(type_, prefix, expression, bits, begins, is_glued=is_glued)


ISSUED: tuple[Rule, ...] = (
    _rule("1password-key", "ops_eyJ", r"ops_eyJ[\w-]{200,2000}+"),
    _rule("aboveboard-key", "ab-", r"ab-[0-9a-hjkmnp-tv-z]{10}-[\w-]{43}"),
    _rule("adafruit-key", "aio_", r"aio_[A-Za-z0-9]{28}"),
    _rule("age-key", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}"),
    _rule("airtable-key", "pat", r"pat[A-Za-z0-9]{14}\.[0-9a-f]{64}"),
    _rule("alibaba-key", "LTAI", r"LTAI[A-Za-z0-9]{12,24}+", 3.0),
    _rule("anthropic-key", "sk-ant-", r"sk-ant-[\w-]{16,200}+"),
    _rule("artifactory-key", "AKCp", r"AKCp[A-Za-z0-9]{65,75}+"),
    _rule("atlassian-key", "ATATT3", r"ATATT3[\w=-]{100,250}+"),
    _rule("atlassian-key", "ATBB", r"ATBB[A-Za-z0-9]{32}"),
    _rule("aws-key", "AKIA", r"AKIA[A-Z2-7]{16}"),
    _rule("aws-key", "ASIA", r"ASIA[A-Z2-7]{16}"),
    _rule("aws-key", "ABSK", r"ABSK[A-Za-z0-9+/]{109,269}+={0,2}"),
    _rule("azure-key", "AccountKey=", r"AccountKey=[A-Za-z0-9+/]{60,100}={0,2}"),
    _rule("azure-key", "SharedAccessKey=", r"SharedAccessKey=[A-Za-z0-9+/]{40,100}={0,2}"),
    _rule("azure-key", "8Q~", r"[\w~.-]{3}8Q~[\w~.-]{31,34}+"),
    _rule("brevo-key", "xkeysib-", r"xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}"),
    _rule("buildkite-key", "bkua_", r"bkua_[0-9a-f]{40}"),
    _rule("cargo-key", "cio", r"cio[A-Za-z0-9]{32}", 3.5),
    _rule("cerebras-key", "csk-", r"csk-[a-z0-9]{40,64}+"),
    _rule("circleci-key", "CCIPAT_", r"CCIPAT_[A-Za-z0-9]{22}_[0-9a-f]{40}"),
    _rule("clojars-key", "CLOJARS_", r"CLOJARS_[a-z0-9]{60}"),
    _rule("cloudflare-key", "v1.0-", r"v1\.0-[0-9a-f]{24}-[0-9a-f]{146}"),
    _rule("contentful-key", "CFPAT-", r"CFPAT-[\w-]{43}"),
    _rule("databricks-key", "dapi", r"dapi[0-9a-f]{32}(?:-\d)?"),
    _rule("digitalocean-key", "_v1_", r"do[opr]_v1_[0-9a-f]{64}"),
    replace(
        _rule("discord-key", ".", r"[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,38}+", 4.0),
        trigger=r"[MNO][^ ]{23,27}\.[^ ]{6}\.",
    ),
    _rule("discord-webhook", "/api/webhooks/", r"discord(?:app)?\.com/api/webhooks/\d{17,20}/[\w-]{60,80}+"),
    _rule("docker-key", "dckr_", r"dckr_[po]at_[\w-]{27,32}+"),
    _rule("doppler-key", "dp.", r"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[\w-]{2,35}\.)?[A-Za-z0-9]{40,44}+"),
    _rule("dropbox-key", "sl.", r"sl\.(?:u\.)?[\w-]{130,1200}+"),
    _rule("duffel-key", "duffel_", r"duffel_(?:test|live)_[\w-]{43}"),
    _rule("dynatrace-key", "dt0", r"dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    _rule("easypost-key", "EZ", r"EZ[AT]K[A-Za-z0-9]{54}"),
    _rule("elevenlabs-key", "sk_", r"sk_[0-9a-f]{48}"),
    _rule("figma-key", "figd_", r"figd_[\w-]{40,60}+"),
    _rule("fly-key", "fo1_", r"fo1_[\w-]{43}"),
    _rule("github-key", "gh", r"gh[pousr]_[A-Za-z0-9]{30,255}+"),
    _rule("github-key", "github_pat_", r"github_pat_\w{22,255}+"),
    _rule("gitlab-key", "gl", r"gl(?:pat|ptt|rt|dt|cbt|soat|ft|imt|agent|oas)-[\w-]{20,64}+"),
    _rule("google-key", "AIza", r"AIza[\w-]{35}"),
    _rule("google-key", "GOCSPX-", r"GOCSPX-[\w-]{28}"),
    _rule("google-key", "ya29.", r"ya29\.[\w-]{20,1000}+"),
    _rule("google-key", "1//0", r"1//0[\w-]{40,120}+"),
    _rule("grafana-key", "glc_", r"glc_[A-Za-z0-9+/]{32,400}+={0,2}"),
    _rule("grafana-key", "glsa_", r"glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}"),
    _rule("groq-key", "gsk_", r"gsk_[A-Za-z0-9]{40,64}+"),
    _rule("harness-key", "pat.", r"pat\.[\w-]{22}\.[0-9a-f]{24}\.[A-Za-z0-9]{20}"),
    _rule("heroku-key", "HRKU-AA", r"HRKU-AA[\w-]{58}"),
    _rule(
        "hubspot-key", "pat-", r"pat-(?:na|eu)\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    ),
    _rule("huggingface-key", "hf_", r"hf_[A-Za-z0-9]{30,64}+"),
    _rule("langsmith-key", "lsv2_", r"lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}"),
    _rule("linear-key", "lin_", r"lin_(?:api|oauth)_[A-Za-z0-9]{40,64}+"),
    _rule("mailchimp-key", "-us", r"[0-9a-f]{32}-us\d{1,2}"),
    _rule("mailgun-key", "key-", r"key-[0-9a-f]{32}"),
    _rule("mapbox-key", "sk.eyJ", r"sk\.eyJ[\w-]{40,200}+\.[\w-]{20,30}+"),
    _rule("neon-key", "napi_", r"napi_[a-z0-9]{64}"),
    _rule("netlify-key", "nfp_", r"nfp_[A-Za-z0-9]{36}"),
    _rule("newrelic-key", "NRAK-", r"NRAK-[A-Z0-9]{27}"),
    _rule("notion-key", "ntn_", r"ntn_[A-Za-z0-9]{46}"),
    _rule("notion-key", "secret_", r"secret_[A-Za-z0-9]{43}"),
    _rule("npm-key", "npm_", r"npm_[A-Za-z0-9]{36}"),
    _rule("nuget-key", "oy2", r"oy2[a-z0-9]{43}", 3.5),
    _rule("nvidia-key", "nvapi-", r"nvapi-[\w-]{60,80}+"),
    _rule("openai-key", "sk-", r"sk-(?!ant-|or-|lf-)(?:proj-|svcacct-|admin-)?[\w-]{20,220}+", 3.0),
    _rule("openrouter-key", "sk-or-", r"sk-or-v1-[0-9a-f]{64}"),
    _rule("perplexity-key", "pplx-", r"pplx-[A-Za-z0-9]{40,64}+"),
    _rule("pinecone-key", "pcsk_", r"pcsk_\w{40,90}+"),
    _rule(
        "plaid-key",
        "access-",
        r"access-(?:sandbox|development|production)-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}",
    ),
    _rule("planetscale-key", "pscale_", r"pscale_(?:pw|tkn|oauth)_(?:[\w=-]|\.(?=[\w=-])){32,64}+"),
    _rule("postman-key", "PMAK-", r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    _rule("pulumi-key", "pul-", r"pul-[0-9a-f]{40}"),
    _rule("pypi-key", "pypi-", r"pypi-AgEI[\w-]{50,1000}+"),
    _rule("razorpay-key", "rzp_", r"rzp_(?:live|test)_[A-Za-z0-9]{14}"),
    _rule("replicate-key", "r8_", r"r8_[A-Za-z0-9]{37}"),
    _rule("resend-key", "re_", r"re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}", 3.5),
    _rule("rubygems-key", "rubygems_", r"rubygems_[0-9a-f]{48}"),
    _rule("sendgrid-key", "SG.", r"SG\.[\w-]{16,32}\.[\w-]{32,64}+"),
    _rule("sentry-key", "sntry", r"sntry(?:s_eyJ[\w=/+-]{80,400}+|u_[0-9a-f]{64})"),
    _rule("shippo-key", "shippo_", r"shippo_(?:live|test)_[0-9a-f]{40}"),
    _rule("shopify-key", "shp", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    _rule("slack-key", "xox", r"xox[abeoprs]-[A-Za-z0-9-]{10,250}+"),
    _rule("slack-key", "xapp-", r"xapp-\d-[A-Za-z0-9-]{20,250}+"),
    _rule("slack-webhook", "hooks.slack.com", r"hooks\.slack\.com/services/T\w{6,14}/B\w{6,14}/\w{16,32}"),
    _rule("sonar-key", "sq", r"sq[apu]_[0-9a-f]{40}"),
    _rule("square-key", "sq0", r"sq0(?:atp|csp|idp)-[\w-]{22,43}+"),
    _rule("square-key", "EAAA", r"EAAA[\w-]{60}", 3.5),
    _rule("stripe-key", "k_", r"[sr]k_(?:live|test)_[A-Za-z0-9]{10,250}+"),
    _rule("stripe-key", "whsec_", r"whsec_[A-Za-z0-9+/=]{24,100}+"),
    _rule("supabase-key", "sbp_", r"sbp_[0-9a-f]{40}"),
    _rule("supabase-key", "sb_secret_", r"sb_secret_[\w-]{20,64}+"),
    _rule("tailscale-key", "tskey-", r"tskey-(?:auth|api|client)-[A-Za-z0-9]{6,24}-[A-Za-z0-9]{20,48}+"),
    _rule("tavily-key", "tvly-", r"tvly-[\w-]{20,64}+"),
    _rule(
        "teams-webhook",
        ".webhook.office.com",
        r"[\w-]{2,60}\.webhook\.office\.com/webhookb2/[\w@/-]{60,300}+",
    ),
    _rule("telegram-key", ":AA", r"\d{8,10}:AA[\w-]{32,34}"),
    _rule("terraform-key", ".atlasv1.", r"[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}+"),
    _rule("twilio-key", "SK", r"SK[0-9a-f]{32}"),
    _rule("typeform-key", "tfp_", r"tfp_[\w.=-]{59}"),
    _rule("vault-key", "hv", r"hv[sbr]\.[\w-]{24,250}+"),
    _rule("vercel-key", "vercel_blob_rw_", r"vercel_blob_rw_\w{20,80}+"),
    _rule("xai-key", "xai-", r"xai-[A-Za-z0-9]{40,100}+"),
    _rule("yandex-key", "AQVN", r"AQVN[\w-]{35,38}+"),
    _rule("zapier-webhook", "hooks.zapier.com", r"hooks\.zapier\.com/hooks/catch/\d{4,12}/\w{5,12}"),
)
"""Keys that carry their issuer's mark."""

CARRIED: tuple[Rule, ...] = (
    Rule("basic-auth", "Basic ", rf"Basic (?=([A-Za-z0-9+/]{{12,400}}+={{0,2}}){_DONE})", 2.8, begins=True),
    Rule(
        "bearer-token",
        "Bearer ",
        rf"Bearer (?=((?!eyJ)(?:[\w~+/-]|\.(?=[\w~+/-])){{20,2000}}+={{0,2}}){_DONE})",
        3.2,
        begins=True,
    ),
    Rule(
        "connection-string",
        "://",
        rf"://([^\s/:@{_QUOTES}]{{0,64}}:(?!//)[^\s/@{_QUOTES}<$]{{3,128}})(?=@[\w.-])",
        1.5,
        begins=True,
    ),
)
"""What headers and addresses carry (RFC 7617, RFC 6750, RFC 3986)."""

RULES: tuple[Rule, ...] = ISSUED + CARRIED
