namespace NanoComm.Echonet
{
    /// <summary>The kinds of property that a table may name. What one is and does, its class says; what the columns
    /// source and with mean to it, too.</summary>
    internal static class Kind
    {
        /// <summary>u8.</summary>
        public const byte U8 = 1;

        /// <summary>u16.</summary>
        public const byte U16 = 2;

        /// <summary>u24.</summary>
        public const byte U24 = 3;

        /// <summary>u32 or s32.</summary>
        public const byte U32 = 4;

        /// <summary>Two u16 or s16.</summary>
        public const byte TwoU16 = 5;

        /// <summary>Two u32 or s32.</summary>
        public const byte TwoU32 = 6;

        /// <summary>DT7 and a u32.</summary>
        public const byte TimedU32 = 7;

        /// <summary>DT7 and two u32.</summary>
        public const byte TimedTwoU32 = 8;

        /// <summary>Bytes as they are.</summary>
        public const byte Octets = 9;

        /// <summary>hh mm of the metering clock.</summary>
        public const byte TimeOfDay = 10;

        /// <summary>YYYY MM DD of the metering clock.</summary>
        public const byte Date = 11;

        /// <summary>A day of half-hours, one direction.</summary>
        public const byte DayHistory = 12;

        /// <summary>The selector of <see cref="DayHistory"/>.</summary>
        public const byte DaySelector = 13;

        /// <summary>Rows backward from a time, both directions.</summary>
        public const byte Rows = 14;

        /// <summary>The selector of <see cref="Rows"/>.</summary>
        public const byte RowSelector = 15;

        /// <summary>Installation location.</summary>
        public const byte Location = 16;

        /// <summary>A property map.</summary>
        public const byte Map = 17;

        /// <summary>A list of the node's instances.</summary>
        public const byte InstanceList = 18;

        /// <summary>A list of the node's classes.</summary>
        public const byte ClassList = 19;

        private static readonly PropertyKind[] Kinds = new PropertyKind[ClassList + 1];

        static Kind()
        {
            Kinds[U8] = new NumberKind(1, 1);
            Kinds[U16] = new NumberKind(2, 1);
            Kinds[U24] = new NumberKind(3, 1);
            Kinds[U32] = new NumberKind(4, 1);
            Kinds[TwoU16] = new NumberKind(2, 2);
            Kinds[TwoU32] = new NumberKind(4, 2);
            Kinds[TimedU32] = new TimedKind(1);
            Kinds[TimedTwoU32] = new TimedKind(2);
            Kinds[Octets] = new OctetsKind();
            Kinds[TimeOfDay] = new TimeOfDayKind();
            Kinds[Date] = new DateKind();
            Kinds[DayHistory] = new DayHistoryKind();
            Kinds[DaySelector] = new DaySelectorKind();
            Kinds[Rows] = new RowsKind();
            Kinds[RowSelector] = new RowSelectorKind();
            Kinds[Location] = new LocationKind();
            Kinds[Map] = new MapKind();
            Kinds[InstanceList] = new ObjectListKind(ObjectListKind.InstanceLength);
            Kinds[ClassList] = new ObjectListKind(ObjectListKind.ClassLength);
        }

        /// <summary>The kind of a number.</summary>
        public static PropertyKind Of(byte number)
        {
            return Kinds[number];
        }
    }
}
