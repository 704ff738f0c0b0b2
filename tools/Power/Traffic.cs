using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>
    /// A made-up hour of traffic, the same each time. The metering unit is polled every second. A terminal asks over Wi-SUN
    /// every second from minute 10 to 40, one over Wi-Fi from minute 25 to 55, at the same moments: the worst that traffic
    /// does; before and after that they ask once a minute. A half-hour is announced at 0 and 30 minutes. Wi-Fi looks for
    /// networks at 20 minutes; the Wi-SUN module's scans only listen, as it does all the time. Times are planning values, in
    /// ms.
    /// </summary>
    public static class Traffic
    {
        /// <summary>How long it lasts, in ms.</summary>
        public const int Length = 3_600_000;

        private const int Second = 1000;
        private const int Minute = 60 * Second;

        // A live poll at 115200 baud, and the answer to a Get on the interpreter.
        private const int PollTime = 60;
        private const int AnswerTime = 20;

        // Some 300 bytes with all headers at 100 kbit/s, and at the lowest rate of 802.11b with its preambles.
        private const int WiSunSend = 30;
        private const int WifiSend = 5;

        private const int ScanStart = 20 * Minute;
        private const int ScanTime = 3 * Second;
        private const int ProbePause = 100;

        private static IEnumerable<int> Announcements => [200, (30 * Minute) + 200];

        private static IEnumerable<int> Probes =>
            Enumerable.Range(0, ScanTime / ProbePause).Select(i => ScanStart + (i * ProbePause) + (ProbePause / 2));

        /// <summary>When a load sends: the beginning and how long.</summary>
        public static IEnumerable<(int At, int Time)> Sending(PowerPart part)
        {
            return part switch
            {
                PowerPart.WiSun => Answers(10, 40).Concat(Announcements).Select(at => (at, WiSunSend)),
                PowerPart.Processor => Answers(25, 55).Concat(Announcements).Concat(Probes).Select(at => (at, WifiSend)),
                _ => [],
            };
        }

        /// <summary>Whether a load that does not send is at its peak: a busy processor, a PHY or a light at any time.</summary>
        public static bool IsBusy(PowerPart part, int at)
        {
            int within = at % Second;
            return part == PowerPart.Processor
                && (within < PollTime || (within >= Second / 2 && within < (Second / 2) + AnswerTime));
        }

        // Every second from one minute to another, else every minute.
        private static IEnumerable<int> Answers(int from, int to)
        {
            return Enumerable.Range(0, Length / Second)
                .Where(second => second % 60 == 30 || (second / 60 >= from && second / 60 < to))
                .Select(second => (second * Second) + (Second / 2));
        }
    }
}
