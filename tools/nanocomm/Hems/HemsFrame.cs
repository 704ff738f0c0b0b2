using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Tool
{
    /// <summary>An ECHONET Lite frame as a controller writes and reads it.</summary>
    /// <param name="Tid">Transaction id.</param>
    /// <param name="Seoj">Who speaks.</param>
    /// <param name="Esv">The service.</param>
    /// <param name="Properties">EPC and EDT, in the order of the frame.</param>
    internal sealed record HemsFrame(int Tid, int Seoj, byte Esv, IReadOnlyList<KeyValuePair<byte, byte[]>> Properties)
    {
        public const int Controller = 0x05FF01;
        public const int NodeProfile = 0x0EF001;
        public const byte SetC = 0x61;
        public const byte Get = 0x62;
        public const byte SetRes = 0x71;
        public const byte GetRes = 0x72;
        public const byte GetSna = 0x52;
        public const byte Inf = 0x73;

        private const int HeaderLength = 12;
        private const int Format1 = 0x1081;

        /// <summary>The EDT of a property, or null when it is not there or empty.</summary>
        public byte[] this[byte epc] =>
            Properties.FirstOrDefault(property => property.Key == epc).Value is { Length: > 0 } edt ? edt : null;

        /// <summary>Writes a request.</summary>
        public static byte[] Write(int tid, int deoj, byte esv, params (byte Epc, byte[] Edt)[] properties)
        {
            List<byte> frame = [.. BigEndian(Format1, 2), .. BigEndian(tid, 2), .. BigEndian(Controller, 3),
                .. BigEndian(deoj, 3), esv, (byte)properties.Length];
            foreach ((byte epc, byte[] edt) in properties)
            {
                frame.AddRange([epc, (byte)edt.Length, .. edt]);
            }

            return frame.ToArray();
        }

        /// <summary>Reads a frame of format 1.</summary>
        /// <returns>Null when it is none, or damaged.</returns>
        public static HemsFrame Read(byte[] frame)
        {
            if (frame.Length < HeaderLength || Number(frame, 0, 2) != Format1)
            {
                return null;
            }

            var properties = new List<KeyValuePair<byte, byte[]>>();
            int offset = HeaderLength;
            for (int i = 0; i < frame[HeaderLength - 1]; i++)
            {
                int end = offset + 1 < frame.Length ? offset + 2 + frame[offset + 1] : int.MaxValue;
                if (end > frame.Length)
                {
                    return null;
                }

                properties.Add(new KeyValuePair<byte, byte[]>(frame[offset], frame[(offset + 2)..end]));
                offset = end;
            }

            return offset == frame.Length
                ? new HemsFrame(Number(frame, 2, 2), Number(frame, 4, 3), frame[10], properties)
                : null;
        }

        /// <summary>The EPCs of a property map.</summary>
        public static IReadOnlySet<byte> ReadMap(byte[] map)
        {
            const int Bitmap = 16;
            if (map == null || map.Length != 1 + (map[0] < Bitmap ? map[0] : Bitmap))
            {
                return new HashSet<byte>();
            }

            return map[0] < Bitmap
                ? map.Skip(1).ToHashSet()
                : Enumerable.Range(0x80, 0x80).Where(epc => (map[1 + (epc & 0x0F)] & (1 << ((epc >> 4) - 8))) != 0)
                    .Select(epc => (byte)epc).ToHashSet();
        }

        /// <summary>An unsigned big-endian number.</summary>
        public static int Number(byte[] bytes, int offset, int length)
        {
            return bytes.Skip(offset).Take(length).Aggregate(0, (sum, b) => (sum << 8) | b);
        }

        private static IEnumerable<byte> BigEndian(int value, int length)
        {
            return Enumerable.Range(0, length).Select(i => (byte)(value >> (8 * (length - 1 - i))));
        }
    }
}
