using Facts.Api.Http;

namespace Facts.Api.Tests.Http;

public sealed class NfcTests
{
    [Theory]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("caf\u00e9", "caf\u00e9")]
    [InlineData("\u0438\u0306", "\u0439")]
    [InlineData("a\u0323\u0302", "\u1ead")]
    [InlineData("a\u0302\u0323", "\u1ead")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("a\u0301\u0301", "\u00e1\u0301")]
    [InlineData("e\u0327\u0301", "\u0229\u0301")]
    [InlineData("😀 \u202e plain", "😀 \u202e plain")]
    public void Text_is_compared_in_its_composed_form(string text, string expected)
    {
        Assert.Equal(expected, WireText.Normalize(text));
        Assert.Equal(expected, WireText.Normalize(expected));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_not_changed() => Assert.Equal("\u0301\ud800", WireText.Normalize("\u0301\ud800"));
}
