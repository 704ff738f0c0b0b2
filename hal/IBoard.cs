namespace NanoComm.Hal
{
    /// <summary>
    /// One board: what it has. What it does not have is null or empty, and the parts that would use it are never
    /// made (requirement R4).
    /// </summary>
    public interface IBoard
    {
        /// <summary>The monotonic clock.</summary>
        IClock Clock { get; }

        /// <summary>Loops and signals.</summary>
        ILoops Loops { get; }

        /// <summary>Durable records.</summary>
        IDurableStore Store { get; }

        /// <summary>Durable records of at most 16 bytes beside those, for the watch over the loops alone: it waits for no lock
        /// that a loop may hold.</summary>
        IDurableStore Notes { get; }

        /// <summary>Random bytes.</summary>
        IRandomSource Random { get; }

        /// <summary>Diagnostics.</summary>
        ILog Log { get; }

        /// <summary>The UART to the metering unit, or null.</summary>
        ISerialLine MeteringLine { get; }

        /// <summary>The UART to the Wi-SUN module, or null.</summary>
        ISerialLine WiSunLine { get; }

        /// <summary>The reset input of the Wi-SUN module, held until it is first let go; null where it is not wired.</summary>
        IResetLine WiSunReset { get; }

        /// <summary>UDP addresses of the customer-side IP network (Wi-Fi or Ethernet); empty without such a path.</summary>
        IDatagramPort[] RouteBPorts { get; }

        /// <summary>The Wi-Fi radio, or null.</summary>
        IWifiRadio Wifi { get; }

        /// <summary>The indicator light, or null.</summary>
        IIndicator Indicator { get; }

        /// <summary>The voltage detector of the supply, or null.</summary>
        ISupplyMonitor SupplyMonitor { get; }

        /// <summary>Says what the board draws, and of which supply. A part that is not declared gets no power.</summary>
        /// <param name="sheet">Takes the figures.</param>
        void DeclarePower(IPowerSheet sheet);

        /// <summary>Makes a block cipher.</summary>
        /// <param name="key">16 bytes; copied.</param>
        IBlockCipher CreateBlockCipher(byte[] key);

        /// <summary>Makes a message authentication code, HMAC-SHA256.</summary>
        /// <param name="key">Of any length, 32 bytes for proof keys; copied.</param>
        IMac CreateMac(byte[] key);

        /// <summary>Restarts the unit; on a board this does not return.</summary>
        /// <param name="reason">Why, for the log.</param>
        void Restart(string reason);
    }
}
