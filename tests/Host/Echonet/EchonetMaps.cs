using System;
using System.Collections.Generic;

namespace NanoComm.Tests.Host.Echonet
{
    /// <summary>Property maps, read without the firmware.</summary>
    internal static class EchonetMaps
    {
        private const int Shortest = 16;

        /// <summary>The properties that a map lists.</summary>
        public static byte[] Read(ReadOnlySpan<byte> map)
        {
            if (map[0] < Shortest)
            {
                return map[1..].ToArray();
            }

            var epcs = new List<byte>();
            for (int epc = 0x80; epc <= 0xFF; epc++)
            {
                int bit = (epc / 16) - 8;
                if ((map[1 + (epc % 16)] & (1 << bit)) != 0)
                {
                    epcs.Add((byte)epc);
                }
            }

            return epcs.Count == map[0] ? epcs.ToArray()
                : throw new FormatException($"{map[0]} properties announced, {epcs.Count} listed");
        }
    }
}
