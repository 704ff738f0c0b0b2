using System.Device.Gpio;

namespace NanoComm.Hal.Esp32
{
    /// <summary>A light on a pin, lit by a high level; dark at first.</summary>
    public sealed class Esp32Indicator : IIndicator
    {
        private readonly GpioPin _pin;

        /// <summary>Takes the pin.</summary>
        /// <param name="gpio">The board's pins.</param>
        /// <param name="pin">GPIO number.</param>
        public Esp32Indicator(GpioController gpio, int pin)
        {
            _pin = gpio.OpenPin(pin, PinMode.Output);
            Set(false);
        }

        /// <inheritdoc/>
        public void Set(bool lit)
        {
            _pin.Write(lit ? PinValue.High : PinValue.Low);
        }
    }
}
