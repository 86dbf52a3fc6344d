namespace Facts.Api.Imports;

/// <summary>The sign before the decimals of a number in a CSV file. Point: 1,500.25. Comma: 1.500,25.</summary>
internal enum DecimalSign { Point, Comma }
