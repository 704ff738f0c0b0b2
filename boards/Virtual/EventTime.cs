using System;
using System.Threading;

namespace NanoComm.Virtual
{
    /// <summary>The PC's time as events are stamped with it: never earlier than that of an event before, even when somebody sets
    /// the PC's clock back.</summary>
    internal static class EventTime
    {
        private static readonly Lock Gate = new();
        private static DateTime _last;

        /// <summary>Local time.</summary>
        public static DateTime Now
        {
            get
            {
                lock (Gate)
                {
                    DateTime now = DateTime.UtcNow;
                    _last = now > _last ? now : _last;
                    return _last.ToLocalTime();
                }
            }
        }
    }
}
