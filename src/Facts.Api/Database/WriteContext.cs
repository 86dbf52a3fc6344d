using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>The store on connections that read and write. Everything but a GET gets this one where it asks for a <see cref="FactsContext"/>.</summary>
internal sealed class WriteContext(DbContextOptions<WriteContext> options) : FactsContext(options);
