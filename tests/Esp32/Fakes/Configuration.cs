namespace nanoFramework.Hardware.Esp32
{
    public enum DeviceFunction
    {
        COM2_RX,
        COM2_TX,
        COM3_RX,
        COM3_TX,
    }

    /// <summary>Routes pins to nowhere.</summary>
    public static class Configuration
    {
        public static void SetPinFunction(int pin, DeviceFunction function)
        {
        }
    }
}
