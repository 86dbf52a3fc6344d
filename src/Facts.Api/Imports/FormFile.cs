using Facts.Api.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Facts.Api.Imports;

/// <summary>The only file of a form, as <c>curl -F</c> and browsers send it. It is read as a stream.</summary>
internal sealed class FormFile
{
    public const string MediaType = "multipart/form-data";

    /// <summary>RFC 2046, 5.1.1.</summary>
    const int LongestBoundary = 70;

    readonly MultipartReader _parts;

    FormFile(MultipartReader parts, MultipartSection part) => (_parts, Part) = (parts, part);

    /// <summary>The file, with its headers.</summary>
    public MultipartSection Part { get; }

    /// <summary>The file of a form; null if the request is no form.</summary>
    public static async Task<FormFile?> OpenAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return null;
        if (!type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)) return null;
        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary)
            throw Wrong("the form's Content-Type names no boundary");
        var parts = new MultipartReader(boundary, request.Body);
        if (await NextAsync(parts, cancel) is not { } part || part.AsFileSection() is null) throw Wrong(OneFile);
        return new(parts, part);
    }

    /// <summary>Checks, once the file is read, that no other part follows.</summary>
    public async Task EndAsync(CancellationToken cancel)
    {
        if (await NextAsync(_parts, cancel) is not null) throw Wrong(OneFile);
    }

    const string OneFile = "a form holds one file and nothing else, as with curl -F file=@claims.csv; parameters go into the query string";

    static async Task<MultipartSection?> NextAsync(MultipartReader parts, CancellationToken cancel)
    {
        try
        {
            return await parts.ReadNextSectionAsync(cancel);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Wrong("the form is cut, or its parts are not separated by the boundary of its Content-Type");
        }
    }

    static ProblemException Wrong(string why) => new(Problems.BadRequest.Because(why));
}
