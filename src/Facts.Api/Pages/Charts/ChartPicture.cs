using SkiaSharp;
using Svg.Skia;
using Svg.Skia.TypefaceProviders;

namespace Facts.Api.Pages;

/// <summary>
/// Paints a chart that is a file of its own as PNG. The libraries and the fonts are loaded with the first picture. A chart has a largest size
/// (<see cref="ChartQuestion.MaxRows"/>), so a picture takes 12 MB of memory at most.
/// </summary>
internal static class ChartPicture
{
    /// <summary>The largest number of pixels for one unit of the chart.</summary>
    public const int MaxScale = 3;

    /// <param name="chart">The chart as <see cref="ChartFile"/> makes it.</param>
    /// <param name="scale">Pixels for each unit of the chart, in both directions.</param>
    public static byte[] Paint(byte[] chart, int scale)
    {
        using var svg = new SKSvg();
        svg.Settings.TypefaceProviders = [Fonts.Provider];
        using var stream = new MemoryStream(chart);
        var picture = svg.Load(stream) ?? throw new InvalidOperationException("the chart is no SVG");
        using var bitmap = new SKBitmap((int)picture.CullRect.Width * scale, (int)picture.CullRect.Height * scale);
        using var canvas = new SKCanvas(bitmap);
        canvas.Scale(scale);
        canvas.DrawPicture(picture);
        canvas.Flush();
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Fonts of the service's own: a container has none, and a picture should look the same everywhere.</summary>
    sealed class Fonts : ITypefaceProvider
    {
        readonly SKTypeface _regular = Read("DejaVuSans.ttf");
        readonly SKTypeface _bold = Read("DejaVuSans-Bold.ttf");

        public static Fonts Provider { get; } = new();

        public SKTypeface FromFamilyName(string fontFamily, SKFontStyleWeight fontWeight, SKFontStyleWidth fontWidth, SKFontStyleSlant fontStyle) =>
            fontWeight >= SKFontStyleWeight.SemiBold ? _bold : _regular;

        static SKTypeface Read(string name)
        {
            using var stream = typeof(ChartPicture).Assembly.GetManifestResourceStream(name)!;
            return SKTypeface.FromStream(stream);
        }
    }
}
