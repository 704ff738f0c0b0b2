using System.Collections.Generic;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The section "Vectors" of docs/orders.md.</summary>
    internal static class OrderVectors
    {
        private static readonly Dictionary<string, byte[]> Rows = VectorTable.Load("orders.md");

        /// <summary>A copy of the bytes in the row of that name.</summary>
        public static byte[] Get(string name) => [.. Rows[name]];
    }
}
