using System.Collections.Generic;

namespace NanoComm.MeterConformance
{
    /// <summary>The groups of rows, in the order in which they are run.</summary>
    public static class RowGroup
    {
        /// <summary>The node profile and what it lists.</summary>
        public const string Node = "node";

        /// <summary>Properties that have to be there.</summary>
        public const string Required = "required";

        /// <summary>Size, range and no-data value of each property.</summary>
        public const string Form = "form";

        /// <summary>Versions, codes and numbers that say who the meter is.</summary>
        public const string Identity = "identity";

        /// <summary>Property maps, and what the meter does against them.</summary>
        public const string Map = "map";

        /// <summary>Selectors and the data that they choose.</summary>
        public const string Selector = "selector";

        /// <summary>Frames, services, refusals and silence.</summary>
        public const string Frame = "frame";

        /// <summary>What is asked of the multicast group.</summary>
        public const string Multicast = "group";

        /// <summary>Many properties and long answers.</summary>
        public const string Size = "size";

        /// <summary>Values against each other and against time.</summary>
        public const string Time = "time";

        /// <summary>What is announced, and what can only be seen over minutes.</summary>
        public const string Watch = "watch";

        /// <summary>What every answer of the whole run has to be.</summary>
        public const string Answer = "answer";

        /// <summary>All of them.</summary>
        public static IReadOnlyList<string> All { get; } =
            [Node, Required, Form, Identity, Map, Selector, Frame, Multicast, Size, Time, Watch, Answer];
    }
}
