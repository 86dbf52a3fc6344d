using System.Xml;

namespace Facts.Api.Pages;

/// <summary>Texts for pictures and feeds.</summary>
internal static class XmlText
{
    /// <summary>The text without the control characters that XML cannot hold. A quote of an article can hold them.</summary>
    public static string Clean(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && !text.AsSpan().ContainsAny('\ufffe', '\uffff')
        ? text : string.Concat(text.EnumerateRunes().Where(r => r.Value > char.MaxValue || XmlConvert.IsXmlChar((char)r.Value)).Select(r => r.ToString()));
}
