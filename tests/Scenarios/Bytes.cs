using System;
using System.Buffers.Binary;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>ECHONET Lite values, independently of the firmware.</summary>
    internal static class Bytes
    {
        public const uint NoData = 0xFFFFFFFE;

        public static uint U32(byte[] edt, int offset = 0)
        {
            return BinaryPrimitives.ReadUInt32BigEndian(edt.AsSpan(offset));
        }

        public static byte[] Dt6(DateTime time)
        {
            return [(byte)(time.Year >> 8), (byte)time.Year, (byte)time.Month, (byte)time.Day, (byte)time.Hour,
                (byte)time.Minute];
        }

        public static DateTime Dt7(byte[] edt)
        {
            return new DateTime((edt[0] << 8) | edt[1], edt[2], edt[3], edt[4], edt[5], edt[6]);
        }
    }
}
