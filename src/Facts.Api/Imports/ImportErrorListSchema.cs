using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>The columns of the errors of an import.</summary>
internal static class ImportErrorListSchema
{
    public static readonly ListSchema<ImportErrorRow> Fields = new ListSchema<ImportErrorRow>("ImportError")
        .Id("number", e => e.Id, "Number of the error, in the order of the rows.")
        .Field("row", e => e.Row, "Line of the file, from 1. In a JSON array: number of the element, from 1.")
        .Field("column", e => e.Column, "Member of the claim that is wrong; null where the whole row is.", facet: true)
        .Field("pointer", e => e.Pointer,
            "JSON pointer to the value that is wrong, for example `/donors/1`. In a JSON array it begins with the index of the element, from 0.")
        .Field("code", e => e.Code, "Code of the error, as listed in the documentation of errors.", facet: true)
        .Field("message", e => e.Message, "Description of the error.")
        .Field("value", e => e.Value, "The value that was sent; null where none was.")
        .Field("suggestion", e => e.Suggestion, "The nearest value that would be accepted; null where none is near.");
}
