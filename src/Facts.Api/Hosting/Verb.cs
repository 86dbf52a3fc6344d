namespace Facts.Api.Hosting;

/// <summary>Something done with the service's parts: a verb of the command line, or a step of its start.</summary>
internal delegate Task Verb(IServiceProvider services, CancellationToken cancel);
