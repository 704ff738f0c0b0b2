using System;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>How much a module has sent within the last hour (ARIB STD-T108), minute by minute.</summary>
    internal sealed class TransmitAccount
    {
        /// <summary>Milliseconds that may be sent within an hour.</summary>
        public const int Limit = 360_000;

        private const int Minutes = 60;
        private const int MinuteMilliseconds = 60_000;

        private readonly int[] _sent = new int[Minutes];
        private long _minute;

        /// <summary>Milliseconds sent within the last hour.</summary>
        public int Sum { get; private set; }

        public void Add(long now, int milliseconds)
        {
            Advance(now);
            _sent[_minute % Minutes] += milliseconds;
            Sum += milliseconds;
        }

        public void Clear()
        {
            Array.Clear(_sent);
            Sum = 0;
        }

        public void Advance(long now)
        {
            long minute = now / MinuteMilliseconds;
            if (minute - _minute >= Minutes)
            {
                Clear();
                _minute = minute;
            }

            while (_minute < minute)
            {
                _minute++;
                Sum -= _sent[_minute % Minutes];
                _sent[_minute % Minutes] = 0;
            }
        }
    }
}
