using System;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Metering;

namespace NanoComm.Tests.Host.Echonet
{
    /// <summary>
    /// Decides without the firmware what the standard wants of a frame: a second, plain reading of it, for a node with
    /// the object 0EF001 and the meters of a class of metering units, 028801 or 028A01 and 028F01.
    /// </summary>
    internal sealed class FrameOracle
    {
        private readonly int[] _classes;

        public FrameOracle(MeterClass meterClass)
        {
            _classes = meterClass == MeterClass.LowVoltage ? new[] { 0x0EF0, 0x0288 } : new[] { 0x0EF0, 0x028A, 0x028F };
        }

        /// <summary>Why the frame is to be dropped, or None.</summary>
        public DropReason Judge(ReadOnlySpan<byte> frame)
        {
            switch (frame)
            {
                case []:
                case [_]:
                    return DropReason.TooShort;
                case [0x10, 0x82, ..]:
                    return DropReason.ArbitraryFormat;
                case not [0x10, 0x81, ..]:
                    return DropReason.NotEchonetLite;
                case { Length: < 14 }:
                    return DropReason.TooShort;
                case { Length: > 1232 }:
                    return DropReason.TooLong;
            }

            byte esv = frame[10];
            if (esv is not ((>= 0x50 and <= 0x53) or 0x5E or (>= 0x60 and <= 0x63) or 0x6E
                or (>= 0x71 and <= 0x74) or 0x7A or 0x7E))
            {
                return DropReason.UnknownService;
            }

            ReadOnlySpan<byte> rest = frame[11..];
            for (int lists = (esv & 0x0F) == 0x0E ? 2 : 1; lists > 0; lists--)
            {
                DropReason reason = TakeList(ref rest);
                if (reason != DropReason.None)
                {
                    return reason;
                }
            }

            if (!rest.IsEmpty)
            {
                return DropReason.TrailingBytes;
            }

            return esv switch
            {
                0x73 or 0x74 => DropReason.Notification,
                0x7A => DropReason.Acknowledgment,
                _ when esv >> 4 != 6 => DropReason.Response,
                _ => frame[9] <= 1 && _classes.Contains(frame[7] << 8 | frame[8])
                    ? DropReason.None
                    : DropReason.NoSuchObject,
            };
        }

        /// <summary>Whether a frame that is not to be dropped is to be answered: all but a SetI that is accepted.</summary>
        public static bool WantsAnswer(ReadOnlySpan<byte> frame)
        {
            if (frame[10] != 0x60)
            {
                return true;
            }

            ReadOnlySpan<byte> rest = frame[12..];
            while (!rest.IsEmpty)
            {
                if (!Accepts(frame[7] << 8 | frame[8], rest[0], rest.Slice(2, rest[1])))
                {
                    return true;
                }

                rest = rest[(2 + rest[1])..];
            }

            return false;
        }

        /// <summary>Whether a property of a class can be written with a value.</summary>
        public static bool Accepts(int eojClass, byte epc, ReadOnlySpan<byte> edt)
        {
            return (eojClass, epc) switch
            {
                (not 0x0EF0, 0x81) => edt is [not 0x01] || (edt.Length == 17 && edt[0] == 0x01),
                (0x0288, 0xE5) or (0x028A or 0x028F, 0xE1) => edt is [<= 99 or 0xFF],
                (0x0288, 0xED) => IsSelector(edt, 12) && (edt[5] is 0 or 30 or 0xFF),
                (0x0288 or 0x028F, 0xEF) => IsSelector(edt, 10),
                _ => false,
            };
        }

        private static bool IsSelector(ReadOnlySpan<byte> edt, int maxRows)
        {
            if (edt is [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1])
            {
                return true;
            }

            return edt.Length == 7
                && edt[6] >= 1 && edt[6] <= maxRows
                && (edt[0] << 8 | edt[1]) is int year and >= 1 and <= 9999
                && edt[2] is >= 1 and <= 12
                && edt[3] >= 1 && edt[3] <= DateTime.DaysInMonth(year, edt[2])
                && edt[4] < 24 && edt[5] < 60;
        }

        private static DropReason TakeList(ref ReadOnlySpan<byte> rest)
        {
            if (rest.IsEmpty)
            {
                return DropReason.TruncatedProperty;
            }

            int opc = rest[0];
            rest = rest[1..];
            if (opc == 0)
            {
                return DropReason.NoProperties;
            }

            while (opc-- > 0)
            {
                if (rest.Length < 2 || rest.Length < 2 + rest[1])
                {
                    return DropReason.TruncatedProperty;
                }

                rest = rest[(2 + rest[1])..];
            }

            return DropReason.None;
        }
    }
}
