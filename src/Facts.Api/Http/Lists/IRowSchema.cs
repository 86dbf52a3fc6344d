using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>The fields of some kind of row, for whoever has only the object.</summary>
internal interface IRowSchema
{
    RowShape Shape();

    /// <summary>Writes one such row, or a list of them as an array.</summary>
    void WriteJson(Utf8JsonWriter json, object value);
}
