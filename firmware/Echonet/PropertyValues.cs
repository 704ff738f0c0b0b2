using NanoComm.Metering;

namespace NanoComm.Echonet
{
    /// <summary>
    /// What the tables of one or more objects take their values from: sheets of numbers, times and so on, that a column
    /// "source" points into. Objects that show the same readings share one.
    /// </summary>
    public abstract class PropertyValues
    {
        /// <summary>Makes empty sheets.</summary>
        /// <param name="identity">Who the unit is.</param>
        /// <param name="numbers">How many numbers there are.</param>
        /// <param name="times">How many times.</param>
        /// <param name="octets">How many byte strings, those of the identity included.</param>
        internal PropertyValues(EchonetIdentity identity, int numbers, int times, int octets)
        {
            Numbers = new uint[numbers];
            Times = new long[times];
            Octets = new byte[octets][];
            Octets[SuperClass.Identification] = identity.IdentificationNumber;
            Octets[SuperClass.Manufacturer] = identity.ManufacturerCode;
            Octets[SuperClass.Product] = identity.ProductCode;
        }

        /// <summary>Numbers, each as the bits that its property has.</summary>
        internal uint[] Numbers { get; }

        /// <summary>Times of the metering clock.</summary>
        internal long[] Times { get; }

        /// <summary>Byte strings. The first ones are <see cref="SuperClass"/>'s.</summary>
        internal byte[][] Octets { get; }

        /// <summary>Cumulative energies at equal intervals. A source is twice the index of one, and 1 more for its
        /// reverse direction.</summary>
        internal IntervalBuffer[] Intervals { get; set; }

        /// <summary>Room for a day of half-hours.</summary>
        internal uint[] Day { get; set; }

        /// <summary>Property 81.</summary>
        internal InstallationLocation Location { get; set; }

        /// <summary>The node's device objects; for the node profile.</summary>
        internal EchonetObject[] Devices { get; set; }

        /// <summary>Whether there are values: without, the objects are not there.</summary>
        internal bool IsPresent { get; set; }

        /// <summary>What the metering unit does not have: of <see cref="Access.OfReactive"/> and
        /// <see cref="Access.OfCumulativeDemand"/>. Changes with <see cref="Version"/>.</summary>
        internal int Absent { get; set; }

        /// <summary>Changes whenever a number or a time may have, other than those of properties that are
        /// <see cref="Access.Live"/>.</summary>
        internal int Version { get; set; }

        /// <summary>Changes whenever a number of those may have.</summary>
        internal int LiveVersion { get; set; }

        /// <summary>The metering clock at the last <see cref="Refresh"/>, or <see cref="MeterTime.Unknown"/>.</summary>
        internal virtual long Time
        {
            get { return MeterTime.Unknown; }
        }

        /// <summary>Takes over what has changed since.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        internal abstract void Refresh(long now);
    }
}
