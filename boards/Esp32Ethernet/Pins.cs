namespace NanoComm.Esp32Ethernet
{
    /// <summary>What is wired where, as GPIO numbers. tests/Contract holds them to chip, image and README, and takes what
    /// ends in Receive for an input and all else for an output.</summary>
    internal static class Pins
    {
        public const int MeteringTransmit = 4;
        public const int MeteringReceive = 36;
        public const int WiSunTransmit = 32;
        public const int WiSunReceive = 33;
        public const int WiSunReset = 13;
        public const int Light = 14;
    }
}
