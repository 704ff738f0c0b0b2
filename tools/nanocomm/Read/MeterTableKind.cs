namespace NanoComm.Tool
{
    /// <summary>Kinds of files that a meter's history is kept in.</summary>
    internal enum MeterTableKind
    {
        /// <summary>Comma separated, RFC 4180.</summary>
        Csv,

        /// <summary>An array of objects.</summary>
        Json,

        /// <summary>Apache Parquet.</summary>
        Parquet,
    }
}
