namespace NanoComm.Hal
{
    /// <summary>Parts of a board that draw power.</summary>
    public enum PowerPart
    {
        /// <summary>The processor; where it has the Wi-Fi radio in it, its last state is the one with the radio on.</summary>
        Processor = 0,

        /// <summary>The Wi-SUN module; its last state is out of reset.</summary>
        WiSun = 1,

        /// <summary>The Ethernet PHY, its transformer and its clock.</summary>
        Ethernet = 2,

        /// <summary>The indicator light.</summary>
        Light = 3,

        /// <summary>What is always on beside these: regulators, memory, level shifters.</summary>
        Other = 4,
    }
}
