using NanoComm.Echonet;

namespace NanoComm.Tests
{
    /// <summary>An object whose properties can be written, and listed by a map; without any, one that cannot.</summary>
    public sealed class TableObject : EchonetObject
    {
        /// <summary>Makes the object.</summary>
        /// <param name="epcs">Its properties.</param>
        public TableObject(byte[] epcs)
            : base(0x000101, new NodeValues(EchonetFixture.Identity(), new EchonetObject[0]), Rows(epcs))
        {
        }

        /// <summary>Writes the map of its properties.</summary>
        /// <returns>Bytes written.</returns>
        public int WriteMap(byte[] buffer, int offset)
        {
            return new MapKind().Read(this, 1, null, buffer, offset);
        }

        private static byte[] Rows(byte[] epcs)
        {
            if (epcs.Length == 0)
            {
                return new byte[] { Epc.SetMap, Access.Get, Kind.Map, 0, Access.Set };
            }

            var rows = new byte[5 * epcs.Length];
            for (int i = 0; i < epcs.Length; i++)
            {
                rows[5 * i] = epcs[i];
                rows[(5 * i) + 1] = Access.Set;
                rows[(5 * i) + 2] = Kind.Map;
                rows[(5 * i) + 4] = Access.Set;
            }

            return rows;
        }
    }
}
