"""A data center's electricity and water: measured, forecast, planned and accounted for. Pure: arrays in, arrays out."""
