using System.Security.Cryptography.X509Certificates;

namespace NanoComm.Tool
{
    /// <summary>What the user asked of <c>mqtt</c>.</summary>
    internal sealed class MqttSettings
    {
        /// <summary>The way to the meter, and how often it is read.</summary>
        public required HemsSettings Meter { get; init; }

        /// <summary>The broker.</summary>
        public required BrokerAddress Broker { get; init; }

        /// <summary>The user there; null for nobody.</summary>
        public string User { get; init; }

        /// <summary>The user's password; null for none.</summary>
        public string Password { get; init; }

        /// <summary>Who has to have signed the broker's certificate; null for whom this computer trusts.</summary>
        public X509Certificate2Collection Authorities { get; init; }

        /// <summary>What the topics of readings begin with.</summary>
        public required string Topic { get; init; }

        /// <summary>What the topics begin with by which Home Assistant finds sensors; empty for none.</summary>
        public required string Discovery { get; init; }

        /// <summary>What the meter is called there; null for its number.</summary>
        public string Name { get; init; }

        /// <summary>One JSON object a line.</summary>
        public bool Json { get; init; }

        /// <summary>How long, s, or null until Ctrl-C.</summary>
        public double? For { get; init; }
    }
}
