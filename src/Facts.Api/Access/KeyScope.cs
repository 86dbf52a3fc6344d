namespace Facts.Api.Access;

/// <summary>What a key is good for: to read (where not anybody may), to bring articles, claims and loads, to edit, or to make keys.</summary>
internal enum KeyScope { Read, Contribute, Edit, Admin }
