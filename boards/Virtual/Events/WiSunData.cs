namespace NanoComm.Virtual.Events
{
    /// <summary>The Wi-SUN path.</summary>
    internal sealed record WiSunData
    {
        public string State { get; init; }

        /// <summary>In hexadecimal digits; null before one is chosen.</summary>
        public string Channel { get; init; }

        /// <summary>PAN id in hexadecimal digits; null before one is chosen.</summary>
        public string Pan { get; init; }

        /// <summary>Address of the joined terminal; null without one.</summary>
        public string Terminal { get; init; }

        /// <summary>Received power; null before it is known.</summary>
        public double? Dbm { get; init; }

        /// <summary>Its planning limit.</summary>
        public double DbmLimit { get; init; }

        public int Joins { get; init; }

        public int RefusedJoins { get; init; }

        public int DatagramsIn { get; init; }

        public int DatagramsOut { get; init; }

        public int Lost { get; init; }

        public int Ignored { get; init; }

        public int SendFailures { get; init; }

        public int GivenUp { get; init; }

        /// <summary>Sent within the last hour.</summary>
        public int TransmitMilliseconds { get; init; }

        public int ModuleRestarts { get; init; }

        public int UnknownLines { get; init; }

        public int Unused { get; init; }

        public int WriteFailures { get; init; }
    }
}
