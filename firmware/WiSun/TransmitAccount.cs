namespace NanoComm.WiSun
{
    /// <summary>
    /// How long the module has sent within the last hour, minute by minute. Estimated from the bytes; what the module
    /// itself says (SFD) corrects it upward, as it knows of repetitions and of what its stack sends by itself.
    /// </summary>
    public sealed class TransmitAccount
    {
        /// <summary>Milliseconds that may be sent within an hour (ARIB STD-T108).</summary>
        public const int Limit = 360000;

        private const int Minutes = 60;
        private const int MinuteMilliseconds = 60000;

        // 100 kbps, and a share of preamble and headers: a datagram of 1,232 bytes takes 110 to 130 ms.
        private const int HeaderBytes = 60;
        private const int BytesPerMillisecond = 10;

        private readonly int[] _sent = new int[Minutes];
        private long _minute;
        private int _sum;
        private int _estimated;
        private long _reported = -1;

        /// <summary>Milliseconds that a datagram takes in the air.</summary>
        /// <param name="length">Its payload in bytes.</param>
        public static int Estimate(int length)
        {
            return (length + HeaderBytes) / BytesPerMillisecond;
        }

        /// <summary>Milliseconds sent within the last hour.</summary>
        public int Used(long now)
        {
            Advance(now);
            return _sum;
        }

        /// <summary>A datagram was sent.</summary>
        public void Send(int length, long now)
        {
            int milliseconds = Estimate(length);
            _estimated += milliseconds;
            Add(milliseconds, now);
        }

        /// <summary>The module started: it counts from zero or from anywhere.</summary>
        public void ForgetReport()
        {
            _reported = -1;
        }

        /// <summary>Takes what the module has counted.</summary>
        /// <param name="milliseconds">Its SFD, cumulative.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void TakeReport(long milliseconds, long now)
        {
            long more = milliseconds - _reported - _estimated;
            if (_reported >= 0 && more > 0 && more <= Limit)
            {
                Add((int)more, now);
            }

            _reported = milliseconds;
            _estimated = 0;
        }

        private void Add(int milliseconds, long now)
        {
            Advance(now);
            _sent[(int)(_minute % Minutes)] += milliseconds;
            _sum += milliseconds;
        }

        private void Advance(long now)
        {
            long minute = now / MinuteMilliseconds;
            if (minute - _minute > Minutes)
            {
                _minute = minute - Minutes;
            }

            while (_minute < minute)
            {
                _minute++;
                int index = (int)(_minute % Minutes);
                _sum -= _sent[index];
                _sent[index] = 0;
            }
        }
    }
}
