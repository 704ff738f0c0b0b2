using System;
using System.Collections.Generic;
using System.Globalization;

namespace NanoComm.Tool
{
    /// <summary>What a controller knows of a low-voltage smart meter (class 0x0288), and how to read its
    /// properties.</summary>
    internal sealed class HemsMeter
    {
        public const byte OneMinute = 0xD0;
        public const byte Coefficient = 0xD3;
        public const byte Normal = 0xE0;
        public const byte Unit = 0xE1;
        public const byte Reverse = 0xE3;
        public const byte Power = 0xE7;
        public const byte Currents = 0xE8;
        public const byte HalfHourNormal = 0xEA;
        public const byte HalfHourReverse = 0xEB;
        public const byte HalfHours = 0xEC;
        public const byte HalfHoursTime = 0xED;
        public const byte Minutes = 0xEE;
        public const byte MinutesTime = 0xEF;

        private const uint NoEnergy = 0xFFFFFFFE;
        private const int NoPower = 0x7FFFFFFE;
        private const int NoCurrent = 0x7FFE;
        private const int RowLength = 8;
        private const int TimeLength = 7;
        private const int ShortTimeLength = 6;

        /// <summary>EPCs that can be read.</summary>
        public IReadOnlySet<byte> GetMap { get; set; } = new HashSet<byte>();

        /// <summary>EPCs that can be set.</summary>
        public IReadOnlySet<byte> SetMap { get; set; } = new HashSet<byte>();

        /// <summary>EPCs that the meter announces.</summary>
        public IReadOnlySet<byte> InfMap { get; set; } = new HashSet<byte>();

        /// <summary>kWh of one step of a register: coefficient (D3) times unit (E1).</summary>
        public decimal Scale { get; private set; } = 1;

        /// <summary>Minute values of the last hour.</summary>
        public HemsSeries MinuteValues { get; } = new(TimeSpan.FromMinutes(1), 60, 10);

        /// <summary>Half-hour values of the last day.</summary>
        public HemsSeries HalfHourValues { get; } = new(TimeSpan.FromMinutes(30), 48, 12);

        /// <summary>Learns what a register's step is worth.</summary>
        public void SetScale(byte[] coefficient, byte[] unit)
        {
            decimal factor = coefficient == null ? 1 : HemsFrame.Number(coefficient, 0, 4);
            Scale = factor * (unit?[0] switch
            {
                1 => 0.1m, 2 => 0.01m, 3 => 0.001m, 4 => 0.0001m,
                0x0A => 10, 0x0B => 100, 0x0C => 1000, 0x0D => 10000,
                _ => 1,
            });
        }

        /// <summary>A register in kWh, or null for "no data".</summary>
        public decimal? ToEnergy(long? register)
        {
            return register * Scale;
        }

        /// <summary>A register, or null for "no data".</summary>
        public static long? ToRegister(byte[] edt, int offset = 0)
        {
            if (edt == null || edt.Length < offset + 4)
            {
                return null;
            }

            uint value = (uint)HemsFrame.Number(edt, offset, 4);
            return value == NoEnergy ? null : value;
        }

        /// <summary>E7 in W, or null for "no data".</summary>
        public static int? ToPower(byte[] edt)
        {
            return edt?.Length == 4 && HemsFrame.Number(edt, 0, 4) is int watts and not NoPower ? watts : null;
        }

        /// <summary>A phase of E8 in A, or null for "no data" and for the phase that a two-wire meter has not.</summary>
        public static decimal? ToCurrent(byte[] edt, int phase)
        {
            return edt?.Length == 4 && (short)HemsFrame.Number(edt, phase * 2, 2) is short tenths and not NoCurrent
                ? tenths * 0.1m
                : null;
        }

        /// <summary>A value for people, with as many decimals as it is known by.</summary>
        public static string ToText(decimal? value, string unit)
        {
            return value is decimal known
                ? known.ToString("N" + known.Scale, CultureInfo.CurrentCulture) + " " + unit
                : "no data";
        }

        /// <summary>D0, or EA with EB.</summary>
        /// <returns>Null without a time.</returns>
        public static HemsEnergy ToEnergyAt(byte[] edt, byte[] reverse)
        {
            return edt?.Length >= TimeLength + 4 && ToTime(edt, TimeLength) is DateTime time
                ? new HemsEnergy(time, ToRegister(edt, TimeLength),
                    reverse == null ? ToRegister(edt, TimeLength + 4) : ToRegister(reverse, TimeLength))
                : null;
        }

        /// <summary>EC or EE: rows from their first time on backward.</summary>
        public static IEnumerable<HemsEnergy> ToRows(byte[] edt, TimeSpan interval)
        {
            if (edt?.Length > ShortTimeLength && ToTime(edt, ShortTimeLength) is DateTime time)
            {
                for (int i = 0; i < edt[ShortTimeLength] && ShortTimeLength + 1 + ((i + 1) * RowLength) <= edt.Length; i++)
                {
                    int row = ShortTimeLength + 1 + (i * RowLength);
                    yield return new HemsEnergy(time - (interval * i), ToRegister(edt, row), ToRegister(edt, row + 4));
                }
            }
        }

        /// <summary>ED or EF: choose rows.</summary>
        public static byte[] ToSelector(DateTime time, int rows)
        {
            return [(byte)(time.Year >> 8), (byte)time.Year, (byte)time.Month, (byte)time.Day, (byte)time.Hour,
                (byte)time.Minute, (byte)rows];
        }

        private static DateTime? ToTime(byte[] edt, int length)
        {
            int seconds = length == TimeLength ? edt[6] : 0;
            string text = $"{HemsFrame.Number(edt, 0, 2):D4}{edt[2]:D2}{edt[3]:D2}{edt[4]:D2}{edt[5]:D2}{seconds:D2}";
            return DateTime.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out DateTime time) ? time : null;
        }
    }
}
