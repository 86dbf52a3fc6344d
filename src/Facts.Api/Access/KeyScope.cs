namespace Facts.Api.Access;

/// <summary>
/// The rights of a key. No scope includes another one. <c>Read</c>: reading, if it is not public. <c>Contribute</c>: articles, claims, imports.
/// <c>Edit</c>: decisions, ranks and the catalogue. <c>Admin</c>: keys and the audit log.
/// </summary>
internal enum KeyScope { Read, Contribute, Edit, Admin }
