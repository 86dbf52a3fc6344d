using System.Runtime.Versioning;

// Signals, accounts and sockets are tried where they are; the service itself runs on Windows too.
[assembly: UnsupportedOSPlatform("windows")]
