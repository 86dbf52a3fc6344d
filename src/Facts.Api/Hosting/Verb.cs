namespace Facts.Api.Hosting;

/// <summary>A verb of the command line, or a step of the start. It runs in a scope of the service container.</summary>
internal delegate Task Verb(IServiceProvider services, CancellationToken cancel);
