using System;
using NanoComm.Dlms;
using NanoComm.Hal;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// What is different at this metering unit from what the link expects: counted each time, told once a pairing, with
    /// object, attribute and what came; and which objects are not read at the moment (gaps).
    /// </summary>
    internal sealed class Differences
    {
        /// <summary>Place of the first kind that is told of a profile; of a register in front of it. What is below is told
        /// of an object's attributes: 2, and the others.</summary>
        public const int FirstKind = 2 * Places;

        private const int Places = MeteringUnit.ObjectCount + HighVoltageItems.ObjectCount;

        // Those of the association and of registers, then eight of each profile.
        private const int Kinds = FirstKind + 24;
        private const int BitsPerByte = 8;

        private const int BytesShown = 24;
        private const byte ValueAttribute = 2;

        private readonly ILog _log;
        private readonly byte[] _told = new byte[(Kinds / BitsPerByte) + 1];
        private int _gaps;

        /// <summary>Makes it.</summary>
        /// <param name="log">Where it is told, or null.</param>
        public Differences(ILog log)
        {
            _log = log;
        }

        /// <summary>Differences met since the start, each as often as it was met.</summary>
        public int Count { get; private set; }

        /// <summary>One bit an object that is not read at the moment, by its place.</summary>
        public int Gaps => _gaps;

        /// <summary>Begins anew: another pairing.</summary>
        public void Forget()
        {
            Array.Clear(_told, 0, _told.Length);
            _gaps = 0;
        }

        /// <summary>An object was read.</summary>
        /// <param name="place">Its place, 0…<see cref="Places"/> - 1.</param>
        public void Close(int place)
        {
            _gaps &= ~(1 << place);
        }

        /// <summary>An object was not read, or does not make sense: it is a gap, and reads no data.</summary>
        /// <param name="place">Its place.</param>
        /// <param name="item">What was asked, with what came.</param>
        public void Open(int place, GetItem item)
        {
            _gaps |= 1 << place;
            if (!IsNew(item.Attribute.Member == ValueAttribute ? place : place + Places))
            {
                return;
            }

            if (item.Buffer == null)
            {
                Write(LogLevel.Warning, item, "refused (" + ((int)item.Result).ToString() + "): no data");
            }
            else
            {
                Write(LogLevel.Warning, item, WhatCame(item.Buffer, item.Offset, item.Length) + ": no data");
            }
        }

        /// <summary>Counts a difference of the association, and tells it if it is new.</summary>
        /// <param name="kind">Its number. From <see cref="FirstKind"/> on.</param>
        /// <param name="isServed">Whether the values are served all the same.</param>
        /// <param name="what">What is different.</param>
        public void Tell(int kind, bool isServed, string what)
        {
            if (IsNew(kind))
            {
                _log.Write(LevelOf(isServed), MeteringLoop.LogSource, what);
            }
        }

        /// <summary>Counts a difference of an object, and tells it if it is new.</summary>
        /// <param name="kind">Its number. From <see cref="FirstKind"/> on.</param>
        /// <param name="isServed">Whether the values are served all the same.</param>
        /// <param name="item">Object and attribute.</param>
        /// <param name="what">What is different.</param>
        public void Tell(int kind, bool isServed, GetItem item, string what)
        {
            if (IsNew(kind))
            {
                Write(LevelOf(isServed), item, what);
            }
        }

        /// <summary>Whether an object could be read and understood: else it is a gap.</summary>
        /// <param name="isGood">Whether it could.</param>
        /// <param name="place">Its place.</param>
        /// <param name="item">What was asked, with what came.</param>
        /// <returns><paramref name="isGood"/>.</returns>
        public bool Check(bool isGood, int place, GetItem item)
        {
            if (isGood)
            {
                Close(place);
            }
            else
            {
                Open(place, item);
            }

            return isGood;
        }

        /// <summary>Counts that a profile has not all of its columns, and tells it if it is new.</summary>
        /// <param name="kind">Its number.</param>
        /// <param name="item">What was asked.</param>
        /// <param name="registers">What is captured beside the clock.</param>
        public void TellColumns(int kind, GetItem item, ScaledRegister[] registers)
        {
            if (IsNew(kind))
            {
                string what = "a column is missing, of 0-0:1.0.0";
                for (int i = 0; i < registers.Length; i++)
                {
                    what += ", " + registers[i].Value.Attribute.Name;
                }

                Write(LogLevel.Warning, item, what);
            }
        }

        /// <summary>Counts a value that cannot be used, and tells it if it is the first of its kind.</summary>
        /// <param name="kind">Its number. From <see cref="FirstKind"/> on.</param>
        /// <param name="item">Object and attribute.</param>
        /// <param name="buffer">Holds what came.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        public void TellBad(int kind, GetItem item, byte[] buffer, int offset, int length)
        {
            if (IsNew(kind))
            {
                Write(LogLevel.Warning, item, "a row " + WhatCame(buffer, offset, length) + ": no data");
            }
        }

        private static LogLevel LevelOf(bool isServed)
        {
            return isServed ? LogLevel.Info : LogLevel.Warning;
        }

        private static string WhatCame(byte[] buffer, int offset, int length)
        {
            string bytes = "came ";
            for (int i = 0; i < length && i < BytesShown; i++)
            {
                bytes += buffer[offset + i].ToString("X2");
            }

            return length > BytesShown ? bytes + "..." : bytes;
        }

        private bool IsNew(int kind)
        {
            Count++;
            int at = kind / BitsPerByte;
            int bit = 1 << (kind % BitsPerByte);
            bool isNew = (_told[at] & bit) == 0;
            _told[at] |= (byte)bit;
            return isNew && _log != null;
        }

        private void Write(LogLevel level, GetItem item, string what)
        {
            _log.Write(level, MeteringLoop.LogSource, item.Attribute.Name + " attribute " + item.Attribute.Member.ToString() + ": " + what);
        }
    }
}
