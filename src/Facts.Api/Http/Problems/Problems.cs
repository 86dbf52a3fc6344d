using System.Reflection;

namespace Facts.Api.Http;

/// <summary>Every error the service answers with. A test compares this list with docs/errors.md.</summary>
internal static class Problems
{
    // 400: the request cannot be read.
    public static readonly ProblemKind InvalidParameters = new("invalid_parameters", 400, "Several parameters are wrong");
    public static readonly ProblemKind UnknownParameter = new("unknown_parameter", 400, "The request has an unknown parameter");
    public static readonly ProblemKind RepeatedParameter = new("repeated_parameter", 400, "A parameter that takes one value was given twice");
    public static readonly ProblemKind EmptyValue = new("empty_value", 400, "A parameter has no value");
    public static readonly ProblemKind WrongType = new("wrong_type", 400, "A value has the wrong type");
    public static readonly ProblemKind OutOfRange = new("out_of_range", 400, "A parameter is outside its range");
    public static readonly ProblemKind UnknownWord = new("unknown_word", 400, "A parameter is not one of the allowed words");
    public static readonly ProblemKind UnknownField = new("unknown_field", 400, "The request names an unknown field");
    public static readonly ProblemKind TooManyValues = new("too_many_values", 400, "A parameter or the query string is too long");
    public static readonly ProblemKind CursorMismatch = new("cursor_mismatch", 400, "The cursor does not belong to this query");
    public static readonly ProblemKind UnsupportedFormat = new("unsupported_format", 400, "The format is not available for this request");
    public static readonly ProblemKind TooManyRows = new("too_many_rows", 400, "The answer is too large");
    public static readonly ProblemKind InvalidBody = new("invalid_body", 400, "Several things in the body are wrong");
    public static readonly ProblemKind MalformedJson = new("malformed_json", 400, "The body is not JSON");
    public static readonly ProblemKind TooDeep = new("too_deep", 400, "The body is nested too deeply");
    public static readonly ProblemKind EmptyBody = new("empty_body", 400, "The body is empty");
    public static readonly ProblemKind UnknownMember = new("unknown_member", 400, "An object has an unknown member");
    public static readonly ProblemKind DuplicateMember = new("duplicate_member", 400, "An object has the same member twice");
    public static readonly ProblemKind WrongEncoding = new("wrong_encoding", 400, "The body is not UTF-8");
    public static readonly ProblemKind BadGzip = new("bad_gzip", 400, "The body is not valid gzip");
    public static readonly ProblemKind BadRequest = new("bad_request", 400, "The request cannot be read");
    public static readonly ProblemKind KeyInUrl = new("key_in_url", 400, "The URL holds a key");
    public static readonly ProblemKind TwoKeys = new("two_keys", 400, "The request has two different keys");

    // 401 to 431: the request can be read, but not done.
    public static readonly ProblemKind KeyRequired = new("key_required", 401, "The request needs a key");
    public static readonly ProblemKind BadKey = new("bad_key", 401, "The key is not valid");
    public static readonly ProblemKind ScopeMissing = new("scope_missing", 403, "The key lacks the scope for this request");
    public static readonly ProblemKind NotFound = new("not_found", 404, "The resource does not exist");
    public static readonly ProblemKind MethodNotAllowed = new("method_not_allowed", 405, "The address does not support this method");
    public static readonly ProblemKind NotAcceptable = new("not_acceptable", 406, "None of the accepted media types is offered");
    public static readonly ProblemKind RequestTimeout = new("request_timeout", 408, "The request took too long to arrive");
    public static readonly ProblemKind Conflict = new("conflict", 409, "The request conflicts with stored data");
    public static readonly ProblemKind InUse = new("in_use", 409, "Other stored data refers to the resource");
    public static readonly ProblemKind IdempotencyInProgress = new("idempotency_in_progress", 409, "A request with this Idempotency-Key is still running");
    public static readonly ProblemKind PreconditionFailed = new("precondition_failed", 412, "The resource has changed since it was read");
    public static readonly ProblemKind BodyTooLarge = new("body_too_large", 413, "The body is too large");
    public static readonly ProblemKind UriTooLong = new("uri_too_long", 414, "The URL is too long");
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported_media_type", 415, "The media type of the body is not supported");
    public static readonly ProblemKind PreconditionRequired = new("precondition_required", 428, "The request needs If-Match");
    public static readonly ProblemKind TooManyRequests = new("too_many_requests", 429, "Too many requests");
    public static readonly ProblemKind HeadersTooLarge = new("headers_too_large", 431, "The headers are too large");

    // 422: the request is well formed, but its content is not valid.
    public static readonly ProblemKind ValidationFailed = new("validation_failed", 422, "Several values are not valid");
    public static readonly ProblemKind Required = new("required", 422, "A value is missing");
    public static readonly ProblemKind Blank = new("blank", 422, "A text is empty or white space only");
    public static readonly ProblemKind TooLong = new("too_long", 422, "A text is longer than its limit");
    public static readonly ProblemKind InvalidText = new("invalid_text", 422, "A text holds U+0000 or half a surrogate pair");
    public static readonly ProblemKind InvalidNumber = new("invalid_number", 422, "A number cannot be stored exactly");
    public static readonly ProblemKind InvalidDate = new("invalid_date", 422, "A date is not valid");
    public static readonly ProblemKind InvalidValue = new("invalid_value", 422, "A value is not valid");
    public static readonly ProblemKind InvalidWord = new("invalid_word", 422, "A value is not one of the allowed words");
    public static readonly ProblemKind InvalidQuantity = new("invalid_quantity", 422, "A quantity contradicts itself or is out of range");
    public static readonly ProblemKind UnknownParty = new("unknown_party", 422, "No party has this code, name or alias");
    public static readonly ProblemKind UnknownItem = new("unknown_item", 422, "No item has this code, name or alias");
    public static readonly ProblemKind UnknownArticle = new("unknown_article", 422, "No article has this id");
    public static readonly ProblemKind UnknownKey = new("unknown_key", 422, "No fact or claim has this id");
    public static readonly ProblemKind Circular = new("circular", 422, "A commitment, item or party would contain itself");
    public static readonly ProblemKind IdempotencyMismatch = new("idempotency_mismatch", 422, "The Idempotency-Key was used for another request");
    public static readonly ProblemKind EmptyFile = new("empty_file", 422, "The file holds no rows");
    public static readonly ProblemKind UnknownColumn = new("unknown_column", 422, "The header has an unknown column");
    public static readonly ProblemKind DuplicateColumn = new("duplicate_column", 422, "The header has the same column twice");
    public static readonly ProblemKind MissingColumn = new("missing_column", 422, "The header lacks a required column");
    public static readonly ProblemKind MalformedRow = new("malformed_row", 422, "A row cannot be read");
    public static readonly ProblemKind DuplicateRow = new("duplicate_row", 422, "Two rows of one file contradict each other");

    // 500 and above: failures of the service.
    public static readonly ProblemKind InternalError = new("internal_error", 500, "The service failed");
    public static readonly ProblemKind Unavailable = new("unavailable", 503, "The store cannot be reached");
    public static readonly ProblemKind OtherBuild = new("other_build", 503, "The store belongs to another build of Facts");
    public static readonly ProblemKind Busy = new("busy", 503, "Another write holds a lock that this one needs");
    public static readonly ProblemKind NoConnection = new("no_connection", 503, "No connection to the store is free");
    public static readonly ProblemKind TooManyRunning = new("too_many_running", 503, "Too many requests of this kind run at once");
    public static readonly ProblemKind IssuerUnavailable = new("issuer_unavailable", 503, "The issuer of tokens cannot be reached");
    public static readonly ProblemKind QueryTimeout = new("query_timeout", 503, "The query took too long");
    public static readonly ProblemKind StorageFull = new("storage_full", 507, "The store is full");

    /// <summary>All kinds of errors, ordered by status and then as declared.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
        [.. typeof(Problems).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<ProblemKind>().OrderBy(k => k.Status)];

    static readonly IReadOnlyDictionary<string, ProblemKind> ByCode = All.ToDictionary(k => k.Code, StringComparer.Ordinal);

    /// <summary>The kind with this code. A code that is not listed here is a mistake in the program.</summary>
    public static ProblemKind Find(string code) =>
        ByCode.TryGetValue(code, out var kind) ? kind : throw new ArgumentException($"'{code}' is no line in Problems", nameof(code));

    public static bool IsKnown(string? code) => code is not null && ByCode.ContainsKey(code);

    /// <summary>The general kind of a status, for answers that have only a status.</summary>
    public static ProblemKind ForStatus(int status) => status switch
    {
        401 => KeyRequired,
        403 => ScopeMissing,
        404 => NotFound,
        405 => MethodNotAllowed,
        406 => NotAcceptable,
        408 => RequestTimeout,
        409 => Conflict,
        412 => PreconditionFailed,
        413 => BodyTooLarge,
        414 => UriTooLong,
        415 => UnsupportedMediaType,
        422 => ValidationFailed,
        428 => PreconditionRequired,
        429 => TooManyRequests,
        431 => HeadersTooLarge,
        503 => Unavailable,
        507 => StorageFull,
        < 500 => BadRequest,
        _ => InternalError,
    };
}
