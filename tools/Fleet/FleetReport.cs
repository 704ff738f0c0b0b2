using System.Collections.Generic;

namespace NanoComm.Fleet
{
    /// <summary>How a fleet is at a moment.</summary>
    public sealed record FleetReport
    {
        /// <summary>Units there are.</summary>
        public int Units { get; init; }

        /// <summary>Units that have been started.</summary>
        public int Started { get; init; }

        /// <summary>Units that read their metering unit now.</summary>
        public int Reading { get; init; }

        /// <summary>Units that cannot be started.</summary>
        public int Failed { get; init; }

        /// <summary>Starts, the first of each unit counted.</summary>
        public long Starts { get; init; }

        /// <summary>Units by what the metering loop is doing, by its name.</summary>
        public IReadOnlyDictionary<string, int> States { get; init; }

        /// <summary>What they have done.</summary>
        public FleetCounters Counters { get; init; }

        /// <summary>Datagrams to the group that came from outside.</summary>
        public long GroupRequests { get; init; }

        /// <summary>Steps of loops that were waiting for their turn.</summary>
        public int Waiting { get; init; }

        /// <summary>Since when a worker has been at one step, in milliseconds; the longest of all.</summary>
        public long LongestStep { get; init; }

        /// <summary>Threads of the process.</summary>
        public int Threads { get; init; }

        /// <summary>Memory of the process that is resident, bytes.</summary>
        public long Memory { get; init; }

        /// <summary>Time of the processor that the process has used, seconds.</summary>
        public double Processor { get; init; }
    }
}
