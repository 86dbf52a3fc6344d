using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>The fields of a kind of row, for code that does not know the type of the row.</summary>
internal interface IRowSchema
{
    RowShape Shape();

    /// <summary>Writes one such row, or a list of them as an array.</summary>
    void WriteJson(Utf8JsonWriter json, object value);
}
