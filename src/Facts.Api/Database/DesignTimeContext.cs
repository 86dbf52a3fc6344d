using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Facts.Api.Database;

/// <summary>Lets dotnet-ef make a migration without a server.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<WriteContext>
{
    public WriteContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<WriteContext>().UseNpgsql("Host=nowhere").UseSnakeCaseNamingConvention().Options);
}
